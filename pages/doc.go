// Package pages is how members answer without the program: a mail's link opens a page that says what is
// asked of the body, and takes the answer.
//
// A request passes, in this order: the limits of its address, the shape of its link ([link.Keys]), the
// limits of the link, the case or group itself, the directory of now. What fails on the way is answered
// by one page, which tells nothing. What the page then shows is in view.go; what may be answered in
// acts.go; the form of a verb, made from the verb's own struct, in form.go; the act in post.go.
//
// GET and HEAD show and change nothing. POST acts, under a key that the form carries, so that the same
// form sent again is recorded once.
package pages
