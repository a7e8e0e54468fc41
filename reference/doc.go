// Package reference answers questions about the English NHS of 2013-14 from the embedded
// data: which trust a few words mean, in whose area it stands, which commissioners share
// the area, who sits in a Quality Surveillance Group. It touches no network, file or
// clock, and everything that it returns comes in the order of the data.
//
// Start at Load. Reference looks up by code and name; LocalGroup and RegionalGroup list
// the members of a group; Names turns text into a party and a party into words, with
// the display names that a profile gives to the bodies.
package reference
