package workflows

// MailPriority is for tests on a real server.
var MailPriority = mailPriority
