package verbs

import "slices"

// Idea is what one flag means, whatever the command: there is one flag for one idea. A test holds all commands to it.
type Idea struct {
	Flag, Says string
	// Words that people use for it; who types one as a flag is offered the flag.
	Words []string
	// Mixed: it takes what is on a list in one command, and something else in another.
	Mixed bool
}

// Ideas are all flags, with what each means.
func Ideas() []Idea {
	return slices.Concat(whoAndWhere, whenIdeas, wordIdeas, numberIdeas, bodyIdeas, choiceIdeas, switchIdeas, lookIdeas)
}

// sameIdea are those of the names that say what a word says.
func sameIdea(word string, names []string) []string {
	var out []string
	for _, i := range Ideas() {
		if (i.Flag == word || slices.Contains(i.Words, word)) && slices.Contains(names, i.Flag) {
			out = append(out, i.Flag)
		}
	}
	return out
}

// likeIdea are those of the names for which people use a word that is like a word.
func likeIdea(word string, names []string) []string {
	var out []string
	for _, i := range Ideas() {
		if slices.Contains(names, i.Flag) && len(nearest(word, i.Words)) > 0 {
			out = append(out, i.Flag)
		}
	}
	return out
}

// deeds are words by which people say the same of what they do.
var deeds = [][]string{
	{"move", "reschedule", "postpone", "change", "convene", "schedule", "redate", "correct"},
	{"open", "start", "begin", "hold"},
	{"end", "close", "finish", "stop", "complete"},
	{"accept", "agree", "approve", "assent", "confirm", "take"},
	{"decline", "refuse", "reject", "object", "disagree"},
	{"withdraw", "cancel", "revoke", "remove", "delete", "undo"},
	{"propose", "suggest", "add", "new", "create", "record", "register", "raise", "open", "report"},
	{"reply", "answer", "respond"},
	{"done", "finish", "complete", "met"},
	{"publish", "update", "post", "tell"},
	{"convene", "invite", "call"},
}

// sameDeed are those of the commands that say what a word says.
func sameDeed(word string, names []string) []string {
	var out []string
	for _, d := range deeds {
		if !slices.Contains(d, word) {
			continue
		}
		for _, n := range names {
			if slices.Contains(d, n) && !slices.Contains(out, n) {
				out = append(out, n)
			}
		}
	}
	return out
}

// The flags of every act, and those that say of which provider a new case is.
var whoAndWhere = []Idea{
	{Flag: "case", Says: "the reference of a case"},
	{Flag: "group", Says: "a surveillance group, by its area or region"},
	{Flag: "by", Says: "the body for which one acts or asks", Words: []string{"for", "body", "as"}},
	{Flag: "person", Says: "who acts for it"},
	{Flag: "role", Says: "that person's office"},
	{Flag: "key", Says: "the key of this very request"},
	{Flag: "again", Says: "once more, though the same was recorded a short while ago"},
	{Flag: "yes", Says: "yes to what the program would ask back about", Words: []string{"force", "sure", "confirm"}},
	{Flag: "dry-run", Says: "only say what would come of it", Words: []string{"preview", "simulate", "test"}},
	{Flag: "json", Says: "answer in JSON"},
	{Flag: "provider", Says: "a provider, by its code, or words of its name", Words: []string{"trust", "hospital"}},
	{Flag: "provider-name", Says: "the name of a provider that is not in the register", Words: []string{"name", "called"}},
	{Flag: "provider-code", Says: "the code of a provider that is not in the register", Words: []string{"code"}},
	{Flag: "provider-type", Says: "the type of a provider", Words: []string{"type"}},
	{Flag: "area", Says: "an area: of an area team, or of an integrated care board"},
	{Flag: "also-area", Says: "further areas that a provider serves", Words: []string{"areas"}, Mixed: true},
	{Flag: "region", Says: "a region"},
	{Flag: "district", Says: "a provider's town or county", Words: []string{"town", "county"}},
	{Flag: "serves", Says: "the councils whose people a provider serves", Words: []string{"council", "councils"}},
	{Flag: "lead-ccg", Says: "a provider's lead commissioner", Words: []string{"commissioner"}},
	{Flag: "reopens", Says: "the closed case that a new one takes up again"},
	{Flag: "profile", Says: "the rules under which a case or group runs", Mixed: true},
}

// Times and periods.
var whenIdeas = []Idea{
	{Flag: "at", Says: "when it happens or happened, to the hour", Words: []string{"on", "when", "date", "time", "held", "happened"}},
	{Flag: "on", Says: "the day on which it happened, or of which the law is meant",
		Words: []string{"at", "when", "date", "day", "happened"}},
	{Flag: "since", Says: "from when on", Words: []string{"from", "starting"}},
	{Flag: "day", Says: "the day that a figure is of", Words: []string{"of", "on", "date"}},
	{Flag: "until", Says: "up to when", Words: []string{"to", "till", "end"}},
	{Flag: "due", Says: "by when it is to be done", Words: []string{"until", "deadline", "by-when"}},
	{Flag: "first", Says: "when the first meeting is"},
	{Flag: "next", Says: "when those who met meet or talk again"},
	{Flag: "next-review", Says: "when it is looked at again", Words: []string{"review"}},
	{Flag: "learned", Says: "when one learned of it"},
	{Flag: "announced", Says: "when it is made known"},
	{Flag: "planned", Says: "when it will be published"},
	{Flag: "report-on", Says: "when a report was published that something rests on"},
	{Flag: "for", Says: "for how long", Words: []string{"longer", "length", "during"}},
	{Flag: "interval", Says: "the time between meetings"},
	{Flag: "coverage", Says: "the time in which every provider is considered"},
	{Flag: "representations", Says: "the time for representations"},
}

// Texts.
var wordIdeas = []Idea{
	{Flag: "what", Says: "what it is about, in words: the concern, the action, the note",
		Words: []string{"text", "note", "says", "concern", "record", "message", "description", "page", "about"}},
	{Flag: "reason", Says: "why", Words: []string{"why", "because", "reasons", "evidence"}},
	{Flag: "why-not", Says: "why something is not done", Words: []string{"none", "reason"}},
	{Flag: "early", Says: "why it began before its time"},
	{Flag: "routine", Says: "why routine systems cannot deal with it"},
	{Flag: "fitness", Says: "why a ring-holder has the legitimacy, capability and capacity"},
	{Flag: "evidence", Says: "what shows it", Words: []string{"rests-on", "proof", "reason"}},
	{Flag: "safe", Says: "what shows a safe environment for placements"},
	{Flag: "basis", Says: "the legal basis"},
	{Flag: "record", Says: "what was discussed and agreed", Words: []string{"text", "what", "minutes", "report"}},
	{Flag: "conclusion", Says: "what was concluded together", Words: []string{"concluded"}},
	{Flag: "view", Says: "a body's own view", Words: []string{"opinion", "what", "text"}},
	{Flag: "intends", Says: "what a body will do", Words: []string{"will", "plans", "does"}},
	{Flag: "how", Says: "how it was done, or is reached"},
	{Flag: "details", Says: "which services, sites or conditions a power is used on"},
	{Flag: "service", Says: "which site or service", Words: []string{"site", "sites", "of"}},
	{Flag: "contract", Says: "which services a contract is about"},
	{Flag: "subject", Says: "the one matter that a meeting or a difference is about", Words: []string{"theme", "about"}},
	{Flag: "where", Says: "where a document lies"},
	{Flag: "url", Says: "where it is published", Words: []string{"link", "published", "address"}},
	{Flag: "place", Says: "where to meet, or how to join", Words: []string{"where", "room", "link"}},
	{Flag: "who", Says: "an organisation, or an office and no name", Words: []string{"of", "name", "experts"}},
	{Flag: "contact", Says: "the address at which a guest is told", Words: []string{"mail", "email", "address"}},
	{Flag: "note", Says: "a remark"},
	{Flag: "source-note", Says: "more on a source, kept apart from all that is sent"},
	{Flag: "lessons", Says: "what was learned"},
	{Flag: "terms", Says: "what a review is to look at"},
	{Flag: "require", Says: "what is required"},
	{Flag: "care", Says: "the care or service that a warning notice is about"},
	{Flag: "standards", Says: "which standards are concerned"},
	{Flag: "consulted", Says: "who was consulted"},
	{Flag: "asks", Says: "what the region is asked for"},
	{Flag: "themes", Says: "what goes through several providers"},
	{Flag: "good-practice", Says: "practice worth passing on"},
	{Flag: "patients", Says: "who has told the patients, and how"},
	{Flag: "neighbours", Says: "who has told the neighbouring providers, and how"},
	{Flag: "communications", Says: "how the public is informed"},
	{Flag: "experts", Says: "how experts are recruited"},
	{Flag: "responsibility", Says: "who sets a public plan up and oversees it"},
	{Flag: "support", Says: "support for those affected"},
	{Flag: "to-come-down", Says: "what must be shown to come down from a level"},
	{Flag: "list", Says: "the lines of a spreadsheet"},
}

// Numbers of what a case or group has.
var numberIdeas = []Idea{
	{Flag: "action", Says: "an action: A1"},
	{Flag: "actions", Says: "several actions: A1,A2"},
	{Flag: "arrangement", Says: "an arrangement: P1"},
	{Flag: "concern", Says: "a concern: C1, K1"},
	{Flag: "concerns", Says: "several concerns: C1,C3"},
	{Flag: "from-concern", Says: "the concerns of a group that a case comes from"},
	{Flag: "considered", Says: "the providers that a meeting considered"},
	{Flag: "criterion", Says: "an exit criterion: X1"},
	{Flag: "death", Says: "a death: L1"},
	{Flag: "difference", Says: "a difference: J1"},
	{Flag: "flag", Says: "a safeguarding flag: S1"},
	{Flag: "matter", Says: "something that was agreed or decided: M1"},
	{Flag: "notice", Says: "a notice: n12"},
	{Flag: "recommendation", Says: "a recommendation: E1.1"},
	{Flag: "recommendations", Says: "several recommendations: E1.1,E1.2"},
	{Flag: "referral", Says: "a referral: F1"},
	{Flag: "request", Says: "a request: Q1, I1, Y1"},
	{Flag: "review", Says: "a review: E1"},
	{Flag: "theme", Says: "a theme, by its number"},
	{Flag: "use", Says: "the use of a power: U1"},
	{Flag: "warning", Says: "a warning notice: W1"},
	{Flag: "power", Says: "a power: P-CQC-1"},
	{Flag: "passes", Says: "the duties that go to a successor: D7,D9"},
	{Flag: "corrects", Says: "the entry that a note corrects"},
	{Flag: "inspection", Says: "which inspection, by its number"},
	{Flag: "requirement", Says: "which requirement of a warning notice, by its number"},
	{Flag: "month", Says: "which month since entry"},
	{Flag: "version", Says: "which version of a plan"},
	{Flag: "inadequate", Says: "the key questions rated inadequate"},
	{Flag: "directory-mended", Says: "the contact whose address has been put right"},
	{Flag: "with-case", Says: "the other case of two that are linked", Words: []string{"other", "to"}},
	{Flag: "successor-case", Says: "the successor's own case"},
}

// Bodies.
var bodyIdeas = []Idea{
	{Flag: "body", Says: "the body that it is about", Words: []string{"party", "member", "who"}},
	{Flag: "present", Says: "who was there", Words: []string{"attending", "attended", "participants", "who"}},
	{Flag: "asked", Says: "who is asked", Words: []string{"who", "to"}},
	{Flag: "with", Says: "the other body or bodies", Words: []string{"other", "to"}},
	{Flag: "to", Says: "who or what it goes to", Words: []string{"successor", "recipient", "where"}, Mixed: true},
	{Flag: "from", Says: "who it comes from", Mixed: true},
	{Flag: "also", Says: "who is invited besides"},
	{Flag: "left-out", Says: "who was considered and not invited"},
	{Flag: "owner", Says: "who does an action", Words: []string{"who", "body"}},
	{Flag: "lead", Says: "who leads on it", Mixed: true},
	{Flag: "chair", Says: "who chairs"},
	{Flag: "candidate", Says: "who is to hold the ring"},
	{Flag: "acts", Says: "who acts instead", Words: []string{"instead"}},
	{Flag: "agreed", Says: "who agreed"},
	{Flag: "dissent", Says: "who sees it otherwise", Words: []string{"disagrees", "against"}},
	{Flag: "discussed", Says: "with whom it was discussed beforehand"},
	{Flag: "board", Says: "the safeguarding board or team"},
	{Flag: "guest", Says: "a guest: GUEST/G1"},
	{Flag: "referrer", Says: "who refers a practitioner"},
	{Flag: "regulator", Says: "to which regulator a practitioner is referred"},
	{Flag: "successor", Says: "who runs a provider's services now"},
}

// What is chosen from a list.
var choiceIdeas = []Idea{
	{Flag: "answer", Says: "the answer to what was asked", Words: []string{"text", "holds", "attending", "reply"}, Mixed: true},
	{Flag: "outcome", Says: "what came of it, or was decided", Words: []string{"decision", "result", "how", "value"}},
	{Flag: "value", Says: "a judgement, or the figure of an indicator", Words: []string{"judgement", "outcome"}, Mixed: true},
	{Flag: "kind", Says: "what kind of concern it is"},
	{Flag: "source", Says: "where it comes from", Mixed: true},
	{Flag: "about", Says: "who may be at risk"},
	{Flag: "as", Says: "as what"},
	{Flag: "aim", Says: "which of the three aims an action serves"},
	{Flag: "dimension", Says: "which dimension of quality"},
	{Flag: "level", Says: "a level of surveillance"},
	{Flag: "measures", Says: "how special measures stand"},
	{Flag: "stage", Says: "the stage of a case"},
	{Flag: "scope", Says: "the trust, one site or one service"},
	{Flag: "rating", Says: "the overall rating", Words: []string{"overall"}},
	{Flag: "recommend", Says: "what CQC recommends"},
	{Flag: "profession", Says: "a practitioner's profession"},
	{Flag: "part", Says: "which part of a public plan"},
	{Flag: "section", Says: "the section of the law of a warning notice"},
	{Flag: "step", Says: "a milestone of special administration"},
	{Flag: "rotate-by", Says: "how providers take turns"},
	{Flag: "complied", Says: "whether a warning notice was complied with"},
	{Flag: "administration", Says: "whether special administration will be required"},
	{Flag: "immediate-safety", Says: "whether a difference is about immediate safety"},
}

// What is so or is not.
var switchIdeas = []Idea{
	{Flag: "immediate", Says: "patients may be at immediate risk", Words: []string{"urgent", "emergency"}},
	{Flag: "urgent", Says: "remind by the hour"},
	{Flag: "important", Says: "ask again, months after it is done"},
	{Flag: "protect-identity", Says: "the source's identity is to be protected"},
	{Flag: "open-text", Says: "take what is told in confidence from the command line"},
	{Flag: "sealed", Says: "shown to nobody until all views are opened together"},
	{Flag: "died", Says: "somebody has died", Words: []string{"death"}},
	{Flag: "with-provider", Says: "the provider takes part"},
	{Flag: "with-members", Says: "it is shared with all members"},
	{Flag: "disagrees", Says: "one's own body sees it otherwise", Words: []string{"dissent"}},
	{Flag: "wants-action", Says: "one's own body wants focussed action"},
	{Flag: "correction", Says: "what was recorded before was a mistake", Words: []string{"corrects", "mistake"}},
	{Flag: "withdraw", Says: "what was said before is taken back"},
	{Flag: "declined", Says: "it is not given"},
	{Flag: "copies-sent", Says: "the copies of a statutory notice have been sent"},
	{Flag: "supports-staff", Says: "it supports staff"},
	{Flag: "focused", Says: "an inspection that is not the one owed"},
	{Flag: "counts", Says: "an inspection that began before counts as the one owed"},
	{Flag: "no-successor", Says: "nobody runs a provider's services now"},
	{Flag: "ends", Says: "it need not stand on the agenda any more"},
	{Flag: "everywhere", Says: "in every area and region"},
	{Flag: "all", Says: "in all open cases and groups"},
	{Flag: "demonstration", Says: "it plays a scenario"},
}

// What commands that look take.
var lookIdeas = []Idea{
	{Flag: "overdue", Says: "only where something is overdue", Words: []string{"late"}},
	{Flag: "ended", Says: "also what has ended", Words: []string{"closed", "all"}},
	{Flag: "open", Says: "only what is still to be done"},
	{Flag: "owes", Says: "what a body owes, in place of the cases"},
	{Flag: "areas", Says: "the areas in place of the bodies"},
	{Flag: "last", Says: "how many of the latest", Words: []string{"limit", "n", "head", "tail"}},
	{Flag: "number", Says: "which report, by its number"},
	{Flag: "which", Says: "which log"},
	{Flag: "format", Says: "how it is written: for the screen, Markdown, HTML, CSV", Words: []string{"csv", "html", "markdown", "output"}},
	{Flag: "out", Says: "into which file", Words: []string{"output", "file", "o"}},
	{Flag: "notices", Says: "with what was told to whom", Words: []string{"mails"}},
	{Flag: "mails", Says: "name every recipient of every mail"},
	{Flag: "pages", Says: "members answer on pages"},
	{Flag: "answers", Says: "how the reader of a mail answers"},
	{Flag: "templates", Says: "the folder of templates"},
	{Flag: "records", Says: "the folder of the records"},
	{Flag: "outbox", Says: "the folder of the outbox", Words: []string{"dir", "folder"}},
	{Flag: "domain", Says: "the domain within which addresses must be"},
	{Flag: "digest", Says: "the digest of a register's last part"},
	{Flag: "desk", Says: "where a desk shows what is played"},
	{Flag: "listen", Says: "the address to listen at"},
	{Flag: "host", Says: "a name under which a proxy asks"},
	{Flag: "user-header", Says: "the header in which a proxy says who signed in"},
	{Flag: "ui", Says: "where the pages of the Temporal UI come from"},
	{Flag: "no-browser", Says: "print the address alone"},
	{Flag: "no-address", Says: "print no address"},
	{Flag: "send", Says: "send what a restore left open"},
	{Flag: "went", Says: "take what a restore left open as sent"},
	{Flag: "name", Says: "what the area of a board is called"},
	{Flag: "boards", Says: "the boards that sit in a region's group"},
}
