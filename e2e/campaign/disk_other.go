//go:build !linux

package main

func mount(string) (release func(), err error) { return nil, errNoDisk }
