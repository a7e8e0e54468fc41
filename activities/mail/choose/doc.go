// Package choose makes the mail channel that the environment asks for.
//
//	HTR_MAIL                 outbox, smtp or sendgrid; without it sendgrid if there is a
//	                         SendGrid key, else outbox
//	HTR_MAIL_FROM            who writes: "Name <local@domain>"; smtp and sendgrid need it
//	HTR_MAIL_REPLY_TO        a mailbox that somebody reads; smtp and sendgrid need it
//	HTR_OUTBOX               directory of the outbox ("outbox")
//	HTR_SMTP_ADDRESS         host:port
//	HTR_SMTP_TLS             mandatory, opportunistic, implicit or none (mandatory, on this
//	                         machine opportunistic)
//	HTR_SMTP_USERNAME        login, if the server wants one
//	HTR_SMTP_PASSWORD        secret
//	HTR_SMTP_HELLO           our name in EHLO (this machine's)
//	SENDGRID_API_KEY         secret
//	HTR_SENDGRID_HOST        global, eu, or https://name (global)
//	HTR_SENDGRID_RATE        mails a second (5)
//	HTR_SENDGRID_HOLD        first pause after a refusal that every mail would meet (1m)
//
// A secret may stand in a file instead, named by the same variable with _FILE at its end.
// The file of the SendGrid key is read again for each mail, so that a new key takes effect
// without a restart.
package choose
