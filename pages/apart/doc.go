// Package apart lets the pages be served by a process of its own, which is what the world reaches and which
// holds no key that opens a case and none that makes a link.
//
// That process ([Far]) puts each request, with the link in it, to a worker ([Near]) which judges the link,
// cuts the case down to what the link's party may see, writes the page and does the act. What goes between
// them is sealed (AES-GCM) under a key of theirs alone, so that the network between them reads and changes
// nothing. A question is taken once and soon; an answer belongs to its question.
//
// Whoever takes the far process over sees the pages that are opened meanwhile, can open the links that pass
// through it and no others, and can answer by them as their holders could.
package apart
