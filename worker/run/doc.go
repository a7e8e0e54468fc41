// Package run is the worker as a library: the one place where cases, activities, directory
// and mail meet.
//
// [Run] is the whole program: it waits for the server, sees that the namespace knows the
// search attributes, works until it is told to stop, and finishes what is in hand. [Prepare]
// and [Start] are its parts, for a program that has a connection already.
package run
