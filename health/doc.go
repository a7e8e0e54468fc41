// Package health says over HTTP whether a process lives and whether it can do its work.
//
//	/healthz  200 as long as the process answers at all
//	/readyz   200 when every check holds, else 503; the body says which do
//
// [Probe] asks from the command line, for a container without a shell.
package health
