// Package sendgrid is the channel that hands mails to the SendGrid web API, version 3.
//
// Every request is built for itself: the vendor's own client keeps the body of the request
// in a struct that its calls share, so that mails are lost and doubled between goroutines.
// The service knows no idempotency key, and the header of that name would make Go's HTTP
// client repeat a POST by itself: it is never set, and no redirect is followed.
//
// What is seen decides the outcome:
//
//	202                                           accepted (queued, not delivered)
//	429, 408                                      refused for now
//	error before the request's headers went out   refused for now
//	200 (sandbox), 401, 402, 403, no usable key,
//	3xx, 4xx of another address or method         misconfigured: all sending is held
//	400, 409, 413, 422                            refused for good, or misconfigured where the
//	                                              service names what every mail has, as the sender
//	all else: 5xx, time-out, reset                unknown
package sendgrid
