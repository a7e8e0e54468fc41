// Package words puts English sentences and tables together: lists ("a, b and c"), counted nouns,
// sentences that end with one full stop (words.go), and tables as CSV or Markdown (table.go). It knows
// nothing of the regime. The words for bodies, meetings and duties are in the profile, those for times
// in the package calendar.
package words
