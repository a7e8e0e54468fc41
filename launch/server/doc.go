// Package server builds, starts and stops the embedded Temporal server.
//
// Ensure gives the binary: built once from the devserver module into the user's cache, and again
// only when its sources change. Start runs it as a process of its own and returns when it serves.
// Programs and end-to-end tests share both.
package server
