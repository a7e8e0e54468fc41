// Package directory says who acts for a party today: at which address its duty desk, its
// lead, its deputy or its executive is reached. It is asked when a mail is sent, so that
// a new address or an absence takes effect in the middle of a case.
//
// Open reads a CSV file and follows its changes; Lookup answers, or gives a Gap that a
// person has to close; Check explains line by line what is wrong with a file.
package directory
