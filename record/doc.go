// Package record puts a case, or a surveillance group, on paper: the whole of it, in the words
// of the field, for somebody who was not there. [Markdown] and [HTML] are for people, [JSON] is
// for programs, and [Summarise] counts; [GroupMarkdown], [GroupHTML] and [GroupJSON] are the same
// of a group. Views that are sealed and sources that are protected stand in none of them.
//
// What somebody judged stands beside what others judged and is never added up; what was
// corrected stays, with its correction beside it. The same case at the same time makes the
// same bytes.
package record
