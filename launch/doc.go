// Command launch runs the product on one machine, behind the make targets: no shell, no container,
// no account.
//
//	launch dev      the embedded Temporal server with its UI and the workers, until Ctrl-C
//	launch demo     plays a scenario on a real server, with months going by in seconds
//	launch prepare  builds the embedded server, so that later commands start at once
//
// Two namespaces stand side by side. In "holdthering" run the real cases, and no time is skipped.
// In "demonstration" time can be skipped, and its mails go to files whatever is configured.
//
// Where TEMPORAL_ADDRESS is set, the server there is used instead of the embedded one.
package main
