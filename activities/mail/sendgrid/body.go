package sendgrid

import (
	"encoding/base64"

	sg "github.com/sendgrid/sendgrid-go/helpers/mail"

	"holdthering/activities/mail"
	"holdthering/activities/mail/ics"
)

// Custom arguments that come back with every event about the mail. The service keeps them,
// and the category, for good: they hold the two opaque references and nothing else.
const (
	NoticeArg = "holdthering_notice" // Message.ID
	CaseArg   = "holdthering_case"   // Message.CaseRef
)

// body is the request's JSON.
func body(m mail.Message) []byte {
	to := sg.NewPersonalization()
	to.AddTos(address(m.To))
	to.SetCustomArg(NoticeArg, m.ID) // at the root the service rejects them
	to.SetCustomArg(CaseArg, m.CaseRef)
	v3 := sg.NewV3Mail()
	v3.SetFrom(address(m.From))
	v3.SetReplyTo(address(m.ReplyTo))
	v3.Subject = m.Subject
	v3.AddPersonalizations(to)
	v3.AddContent(sg.NewContent("text/plain", m.Text), sg.NewContent("text/html", m.HTML))
	v3.AddCategories(m.CaseRef)
	for _, h := range m.Headers() {
		v3.SetHeader(h.Name, h.Value)
	}
	v3.SetTrackingSettings(noTracking())
	// The service sets the Date itself.
	v3.SetHeader("Message-ID", "<"+m.MessageID()+">")
	for _, f := range ics.Files(m) {
		v3.AddAttachment(calendar(f))
	}
	return sg.GetRequestBody(v3)
}

func address(a mail.Address) *sg.Email { return sg.NewEmail(a.Name, a.Email) }

// noTracking: a tracked link leads through a third host, and an account may have tracking
// on by default.
func noTracking() *sg.TrackingSettings {
	click := sg.NewClickTrackingSetting().SetEnable(false).SetEnableText(false)
	return sg.NewTrackingSettings().
		SetClickTracking(click).
		SetOpenTracking(sg.NewOpenTrackingSetting().SetEnable(false)).
		SetSubscriptionTracking(sg.NewSubscriptionTrackingSetting().SetEnable(false)).
		SetGoogleAnalytics(sg.NewGaSetting().SetEnable(false))
}

// calendar has a type without "; method=PUBLISH": the service lets no other parameter than
// method=REQUEST through. The method stands in the entry itself as well.
func calendar(f ics.File) *sg.Attachment {
	return sg.NewAttachment().
		SetContent(base64.StdEncoding.EncodeToString([]byte(f.Text))).
		SetType("text/calendar").
		SetFilename(f.Name).
		SetDisposition("attachment")
}
