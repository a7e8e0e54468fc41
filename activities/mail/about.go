package mail

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// About is what a refusal is about. Only one that is about the recipient says anything of a
// contact; every other is ours to mend, and the mail is held until it is.
type About string

// What a refusal can be about.
const (
	AboutRecipient About = "recipient" // this mailbox takes no mail
	AboutContent   About = "content"   // what the mail says, or how it is made up
	AboutSize      About = "size"
	AboutPolicy    About = "policy"  // a rule of the service or of the other side
	AboutRoute     About = "route"   // the way to the other side
	AboutSystem    About = "system"  // the service itself: not there, or not set up to take mails
	AboutSender    About = "sender"  // who writes
	AboutAccount   About = "account" // with what rights: key, login, quota
	AboutRate      About = "rate"    // too many at once
	AboutMail      About = "mail"    // this one mail, for now: others are taken
)

// Abouts lists all that a refusal can be about.
var Abouts = []About{AboutRecipient, AboutContent, AboutSize, AboutPolicy, AboutRoute, AboutSystem,
	AboutSender, AboutAccount, AboutRate, AboutMail}

// All reports whether every other mail would be refused alike, to any recipient.
func (a About) All() bool {
	return slices.Contains([]About{AboutSystem, AboutSender, AboutAccount, AboutRate}, a)
}

// Step is how far the talk with a mail server had come when it refused.
type Step string

// The steps of RFC 5321.
const (
	AtGreeting  Step = "greeting" // and EHLO, STARTTLS and the login
	AtSender    Step = "sender"   // MAIL FROM
	AtRecipient Step = "recipient"
	AtData      Step = "data" // the mail itself
)

// Reply is a mail server's refusal.
type Reply struct {
	Step Step
	Code int    // RFC 5321 4.2
	Text string // with the enhanced status code in front, if there is one
}

// enhanced is a status code of RFC 3463.
var enhanced = regexp.MustCompile(`(?:^|[^0-9.])([245])\.(\d{1,3})\.(\d{1,3})(?:[^0-9.]|\.?$|\.\s)`)

// inFront is a status code that the server puts where it belongs.
var inFront = regexp.MustCompile(`^[\s"#(\[<]*([45]\.\d{1,3}\.\d{1,3})(?:[^0-9.]|\.?$|\.\s)`)

// Status is the enhanced status code in the reply, "5.7.1"; empty where there is none. One of
// another class than the reply's is a version or an address that happens to look like it, unless it
// stands in front: servers write 450 5.7.1 of what they take at another try.
func (r Reply) Status() string {
	if found := inFront.FindStringSubmatch(r.Text); found != nil {
		return found[1]
	}
	for _, found := range enhanced.FindAllStringSubmatch(r.Text, -1) {
		if strings.HasPrefix(strconv.Itoa(r.Code), found[1]) {
			return found[1] + "." + found[2] + "." + found[3]
		}
	}
	return ""
}

// About is what the refusal is about: by its enhanced status code where it has one that says
// something, else by its code and by when it came.
func (r Reply) About() About {
	about := r.judged()
	if about == AboutRecipient && (r.Step == AtSender || r.Step == AtGreeting) {
		return AboutSender // the server has not heard yet who the mail is for
	}
	return about
}

func (r Reply) judged() About {
	if about := r.byCode(); about != "" {
		return about
	}
	if r.Step == AtRecipient && ofMailbox.MatchString(r.Text) {
		return AboutRecipient
	}
	if status := r.Status(); status != "" {
		if about := r.byStatus(status); about != "" {
			return about
		}
	}
	return r.byStep()
}

// byCode knows the codes that mean one thing whatever stands behind them.
func (r Reply) byCode() About {
	switch r.Code {
	case 530, 538, 454:
		if ofTLS.MatchString(r.Text) { // RFC 3207 4
			return AboutSystem
		}
	}
	switch r.Code {
	case 530, 534, 535, 538, 454: // RFC 4954 6
		return AboutAccount
	case 556: // RFC 7504: the recipient's domain takes no mail
		return AboutRecipient
	}
	if r.Step == AtGreeting {
		return AboutSystem
	}
	return ""
}

// exact are the codes that say something else than their kind, with where that is laid down.
var exact = map[string]About{
	"x.1.0":  "",             // "other": says no more than the code
	"x.1.7":  AboutSender,    // RFC 3463
	"x.1.8":  AboutSender,    // RFC 3463
	"x.1.9":  AboutRoute,     // RFC 3886
	"x.1.90": AboutSender,    // Exchange: the sender's limit of recipients
	"x.2.0":  AboutAccount,   // Exchange: the sending mailbox may not, or has sent too much
	"x.2.1":  AboutRecipient, // RFC 3463: disabled
	"x.2.2":  AboutRecipient, // RFC 3463: full
	"x.2.3":  AboutSize,      // RFC 3463
	"x.2.4":  AboutRecipient, // RFC 3463: a list that cannot be expanded
	"x.3.0":  "",             // "other": sendmail has it for a mailbox that is not there
	"x.3.3":  AboutContent,   // RFC 3463: a feature that the other side lacks
	"x.3.4":  AboutSize,      // RFC 3463
	"x.6.7":  AboutSender,    // RFC 6531: letters beyond ASCII in an address of ours
	"x.7.2":  AboutRecipient, // RFC 3463: a list that takes none of ours
	"x.7.8":  AboutAccount,   // RFC 4954
	"x.7.9":  AboutAccount,   // RFC 4954
	"x.7.11": AboutAccount,   // RFC 4954
	"x.7.12": AboutAccount,   // RFC 4954
	"x.7.13": AboutAccount,   // RFC 5248
	"x.7.14": AboutAccount,   // RFC 5248
	"x.7.16": AboutSize,      // RFC 6710
	"x.7.17": AboutRecipient, // RFC 7293: the mailbox has another owner now
	"x.7.18": AboutRecipient, // RFC 7293: the domain has
	"x.7.20": AboutSender,    // RFC 7372: DKIM
	"x.7.21": AboutSender,
	"x.7.22": AboutSender,
	"x.7.23": AboutSender,  // RFC 7372: SPF
	"x.7.24": AboutSender,  // RFC 7372
	"x.7.25": AboutSender,  // RFC 7372: the name of our machine
	"x.7.26": AboutSender,  // RFC 7372: several of them; DMARC
	"x.7.27": AboutSender,  // RFC 7505
	"x.7.28": AboutRate,    // RFC 5248 registry: a flood of mails
	"x.7.29": AboutSender,  // RFC 8617
	"x.7.54": AboutRoute,   // Exchange: does not relay
	"x.7.57": AboutAccount, // Exchange: not logged in
	"x.7.60": AboutSender,  // Exchange: may not send as this sender
	"x.7.64": AboutSystem,  // Exchange: the tenant takes none
}

// byStatus reads subject and detail of RFC 3463 and of the registry that RFC 5248 keeps.
func (r Reply) byStatus(status string) About {
	rest := status[2:]
	subject, detail, _ := strings.Cut(rest, ".")
	switch {
	case r.Step == AtRecipient && (rest == "2.0" || subject == "2" && len(detail) > 2):
		return AboutRecipient // what Exchange says of the sending mailbox it says at the end
	case r.Step == AtRecipient && rest == "6.7":
		return AboutRecipient
	case r.Step == AtRecipient && subject == "5":
		return "" // "mailbox unavailable" goes by it as well as a command out of order
	case rest == "3.0" && r.Step != AtRecipient:
		return AboutSystem
	}
	if about, known := exact["x."+rest]; known {
		return about
	}
	switch subject {
	case "1":
		if r.Step == AtSender {
			return AboutSender
		}
		return AboutRecipient
	case "2":
		return AboutAccount
	case "3", "5":
		return AboutSystem
	case "4":
		return AboutRoute
	case "6":
		return AboutContent
	case "7":
		if r.Step == AtSender {
			return AboutSender
		}
		return AboutPolicy
	}
	return ""
}

// ofMailbox is what servers write of a mailbox that is not there, whatever code they choose for it.
// The last is what Exchange says, with the code of a route.
var ofMailbox = regexp.MustCompile(`(?i)\b(user|recipient|mailbox|account|address)( is)? (unknown|unavailable|disabled|` +
	`inactive|full|over quota|not found|does ?n[o']t exist)\b|\b(unknown|invalid|no such) (local )?(user|recipient|mailbox)\b|` +
	`^["\s]*5\.4\.1 recipient address rejected: access denied`)

// ofTLS is what servers write that want TLS, or have none.
var ofTLS = regexp.MustCompile(`(?i)\b(start)?tls\b|\bssl\b|\bencrypt`)

// said is what servers write that give no enhanced code, or one that says nothing. The first
// that fits counts.
var said = []struct {
	words *regexp.Regexp
	about About
}{
	{regexp.MustCompile(`(?i)\brelay(ing)?\b|\brcpthosts\b`), AboutRoute},
	{regexp.MustCompile(`(?i)\bauthenticat|\blog ?in\b|\bcredentials\b`), AboutAccount},
	{regexp.MustCompile(`(?i)\bsender\b|\bspf\b|\bdkim\b|\bdmarc\b|\breverse dns\b|\bfrom address\b`), AboutSender},
	{regexp.MustCompile(`(?i)\bgr[ae]y-? ?list|\bspam|\bvirus|\bblocked\b|\bblock ?list|\bblack ?list|\breputation\b|\bpolicy\b`), AboutPolicy},
	{regexp.MustCompile(`(?i)\btoo many (messages|connections|mails)\b|\brate\b|\bthrottl`), AboutRate},
}

func (r Reply) byStep() About {
	for _, s := range said {
		if s.words.MatchString(r.Text) {
			return s.about
		}
	}
	switch {
	case r.Code == 552 && r.Step != AtRecipient: // RFC 1870 6
		return AboutSize
	case r.Step == AtRecipient && r.Code == 501: // its address is not one
		return AboutRecipient
	case r.Code == 421, r.Code/10 == 50, r.Code == 555: // leaving, or a command that it does not know
		return AboutSystem
	case r.Step == AtSender:
		return AboutSender
	case r.Step == AtData:
		return AboutContent
	case r.Code == 554: // "transaction failed": the recipient need not be the cause
		return AboutPolicy
	}
	return AboutRecipient
}

// Sign is what refusals that are alike have in common: the two codes.
func (r Reply) Sign() string { return strings.TrimSpace(strconv.Itoa(r.Code) + " " + r.Status()) }
