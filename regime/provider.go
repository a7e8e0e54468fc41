package regime

// ProviderType decides who may do what about a provider: which warning notice, who
// decides on special measures, who is its performance manager (guard matrix).
type ProviderType string

// The provider types of the guard matrix.
const (
	NHSTrust         ProviderType = "NHS_TRUST"
	FoundationTrust  ProviderType = "FOUNDATION_TRUST"
	GPPractice       ProviderType = "GP_PRACTICE"
	OtherPrimaryCare ProviderType = "OTHER_PRIMARY_CARE"
	AdultSocialCare  ProviderType = "ADULT_SOCIAL_CARE"
	Independent      ProviderType = "INDEPENDENT"
	CareBoard        ProviderType = "INTEGRATED_CARE_BOARD" // itself in need of support; since July 2022
)

// ProviderTypes lists every type in the order of the guard matrix.
var ProviderTypes = []ProviderType{
	NHSTrust, FoundationTrust, GPPractice, OtherPrimaryCare, AdultSocialCare, Independent, CareBoard,
}

// Provider is the registered legal entity that a case is about.
type Provider struct {
	Code string       `json:"code"` // ODS code, or a code given by hand
	Name string       `json:"name"`
	Type ProviderType `json:"type"`
	Town string       `json:"town,omitempty"`
	// LeadCCG is the code of its lead commissioner; AreaTeam and Region are the ODS
	// codes of the area (an area team's, or whatever supports a group in the profile) and
	// of the NHS England region in which it stands.
	LeadCCG  string `json:"leadCCG,omitempty"`
	AreaTeam string `json:"areaTeam,omitempty"`
	Region   string `json:"region,omitempty"`
	// OtherAreas are further areas in which it serves patients (R12).
	OtherAreas []string `json:"otherAreas,omitempty"`
}

// Party is the provider as an organisation at the table.
func (p Provider) Party() Party { return PartyOf(ProviderBody, p.Code) }

// Choices lists the provider types.
func (ProviderType) Choices() []string {
	out := make([]string, len(ProviderTypes))
	for i, t := range ProviderTypes {
		out[i] = string(t)
	}
	return out
}
