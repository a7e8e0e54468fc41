// Package seal keeps what people wrote out of the Temporal server's store: [Converter] encrypts
// the payloads of cases (AES-256-GCM) with a key that the server does not have. Its database,
// histories and backups then hold ids, codes from closed lists and the short texts that the
// UI shows of a case; none of these names a person, a provider or an allegation.
//
// The key is a file, [Keys] reads it and makes it where there is none. Every program that has
// to do with a case needs the same file. Who loses it loses the cases: it belongs into the
// backup, and not beside that of the server.
package seal
