// Package docs keeps the documents true: requirements.md and notices.md are generated from the rules, the
// tests and the profile, the picture and the glossary in design.md are compared with the source, and the
// walk-through with what the program prints.
package docs
