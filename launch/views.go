package main

import "holdthering/launch/server"

// views are the lists of the Temporal UI that are looked at most. A query for what runs shows one row for a case,
// however many runs it has had.
var views = []server.View{
	{Name: "cases", Says: "Cases that are open", Query: `WorkflowType = "FailureCase" AND ExecutionStatus = "Running"`,
		Columns: []string{"Workflow ID", "ProviderCode", "AreaTeam", "CaseStage", "RingHolder", "SpecialMeasures", "DutiesOverdue", "NextDue"}},
	{Name: "overdue", Says: "Cases and groups in which something is overdue", Query: `DutiesOverdue > 0 AND ExecutionStatus = "Running"`,
		Columns: []string{"Workflow ID", "ProviderCode", "AreaTeam", "DutiesOverdue", "NextDue", "CaseStage", "RingHolder"}},
	{Name: "measures", Says: "Cases with special measures in force", Query: `SpecialMeasures = "IN_FORCE" AND ExecutionStatus = "Running"`,
		Columns: []string{"Workflow ID", "ProviderCode", "ProviderType", "AreaTeam", "CaseStage", "NextDue", "DutiesOverdue"}},
	{Name: "trouble", Says: "Cases and groups that cannot go on, or whose mails are held",
		Query:   `ExecutionStatus = "Running" AND (MailsHeld > 0 OR RecordTrouble IS NOT NULL OR TemporalReportedProblems IS NOT NULL)`,
		Columns: []string{"Workflow ID", "ProviderCode", "MailsHeld", "RecordTrouble", "CaseStage", "AreaTeam"}},
	{Name: "groups", Says: "Surveillance groups", Query: `WorkflowType = "SurveillanceGroup" AND ExecutionStatus = "Running"`,
		Columns: []string{"Workflow ID", "AreaTeam", "DutiesOverdue", "NextDue", "MailsHeld"}},
	{Name: "closed", Says: "Cases on file", Query: `WorkflowType = "FailureCase" AND ExecutionStatus = "Completed"`,
		Columns: []string{"Workflow ID", "ProviderCode", "AreaTeam", "CaseStage", "Start", "End"}},
}

// tellViews says where the lists are.
func tellViews(ui, namespace string) {
	say("  In the Temporal UI, with their columns:")
	for _, v := range views {
		say("    %-62s %s/views/%s/%s", v.Says, ui, namespace, v.Name)
	}
	say("  Where a case stands, in words: on its page there, under 'User Metadata'.\n")
}
