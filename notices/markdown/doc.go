// Package markdown turns Markdown into what people read: HTML for a mail or a browser, and
// plain text that is complete by itself. Escape makes foreign text safe to put into it.
//
// Raw HTML in the source is left out, and the HTML that is written carries its styles
// inline, loads nothing and follows nobody.
package markdown
