//go:build !linux

package main

func mount(string, string) (release func(), err error) { return nil, errNoDisk }
