// Package e2e tests the product as its users have it: the built programs, on a real Temporal
// server, by commands alone. The tests run when HTR_E2E is set, as make test does.
package e2e
