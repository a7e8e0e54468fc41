// Package desk is where the secretariat and the region look: what is owed over all cases and groups, a case on
// one page, a group, the country. It serves this machine, or stands behind an organisation's proxy.
//
// A request passes, in this order: the names and origins that it may come from, who signed in (signin.go), the
// reader (reader.go), which asks cases and groups for no more than has changed. What a page shows is made from
// what everybody at the table may know, as the command line shows it. What is done by a form is the same act as
// on the command line, with the desk as its channel.
package desk
