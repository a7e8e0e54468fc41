// Package activities does what a case asks of the outside world: it tells those who are to
// be told, and puts the case on file. It keeps no state of its own; who was told what
// is remembered by the case.
//
// [Activities.SendNotices] looks every recipient up at the time of sending, has package
// notices write the mail and hands it to a mail.Channel. [Activities.KeepRecord] writes what
// package record makes of a case or group. [Activities.TellGroups] brings groups their news.
package activities
