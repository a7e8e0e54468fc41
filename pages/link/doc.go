// Package link makes and reads the links by which members answer: a capability that says for which
// party, by which of its contacts and about which notice of a case or group its bearer may look and
// answer.
//
// A link is sealed (AES-GCM) and then signed (HMAC-SHA-256), so that it tells nothing to who carries,
// stores or scans the mail, and cannot be changed or made up. The same contents give the same link: a
// mail that is sent again is the same mail. Whatever is wrong with a link, the answer is [ErrDead],
// found in the same way.
package link
