package cli

import (
	"slices"

	"github.com/spf13/cobra"

	"holdthering/verbs"
)

// Commands appear in the order in which they are added: that of the guidance, not of the
// alphabet.
func init() { cobra.EnableCommandSorting = false }

// Commands are all that the program has, for its manual: nothing of this machine is in them.
func Commands() *cobra.Command {
	return (&app{IO: IO{Getenv: func(string) string { return "" }}}).root()
}

// root is the whole program.
func (a *app) root() *cobra.Command {
	root := verbs.Family(verbs.Program)
	root.SilenceErrors, root.SilenceUsage = true, true
	env := verbs.Env{
		Case: a.Getenv("HTR_CASE"), Group: a.Getenv("HTR_GROUP"), By: a.Getenv("HTR_BY"),
		Profile: a.Getenv("HTR_PROFILE"), Now: a.now(), Person: a.person(), Role: a.Getenv("HTR_ROLE"), ReadText: a.readText,
		Overheard: true, Ask: a.asking(), Prompt: a.prompt(), Offer: a.offer,
		ReadBack: a.readBack,
		FindCase: func(text string) (string, error) { return a.findCase(root.Context(), text) },
		Concerns: func(place string, ids []string) (verbs.GroupConcerns, error) {
			return a.concernsOf(root.Context(), place, ids)
		},
	}
	group := a.groupCommand(env)
	var looks []*cobra.Command
	var overview func() []verbs.Chapter
	chapters := []verbs.Chapter{
		{Title: "Look at cases", Commands: []*cobra.Command{
			a.deskCommand(), a.listCommand(), a.showCommand(), a.owesCommand(), a.contactsCommand(), a.timetableCommand(), a.whyCommand(), a.recordCommand(),
			a.reviveCommand(), a.outboxCommand()}},
		{Title: "Watch over all providers: the surveillance groups",
			Commands: []*cobra.Command{group}},
		{Title: "Look things up", Commands: []*cobra.Command{
			a.providersCommand(), a.bodiesCommand(), a.powersCommand(), a.directoryCommand(),
			a.noticeCommand(), a.codecCommand(), a.restoredCommand(), a.doctorCommand(), a.versionCommand(),
			a.commandsCommand(func() []verbs.Chapter { return a.everyChapter(overview(), looks) })}},
		{Title: "Try it out", Commands: []*cobra.Command{a.rehearseCommand(), a.playCommand()}},
	}
	for _, c := range chapters {
		root.AddCommand(c.Commands...)
	}
	acts := a.acts(root, group, env)
	looks = a.looksAmong(acts)
	root.AddCommand(acts...)
	overview = func() []verbs.Chapter { // all acts are there where it is asked for
		return slices.Concat(chapters[:2], verbs.Chapters(acts), chapters[2:])
	}
	root.SetHelpFunc(func(cmd *cobra.Command, _ []string) {
		if cmd == root {
			a.brief(overview())
			return
		}
		a.help(cmd)
	})
	for _, c := range root.Commands() {
		a.completeCase(c)
	}
	if len(a.Args) > 0 && (a.Args[0] == cobra.ShellCompRequestCmd || a.Args[0] == cobra.ShellCompNoDescRequestCmd) {
		verbs.Completing(root)
	}
	return root
}

// acts gives the commands by which something is done, a hundred and more, and those in a group to its own. Making
// them is most of what a command costs before it does anything, so that where one is named no others are made.
func (a *app) acts(root, group *cobra.Command, env verbs.Env) []*cobra.Command {
	named := ""
	if len(a.Args) > 0 && a.Args[0] != everyCommand {
		named = a.Args[0]
	}
	looks := slices.ContainsFunc(root.Commands(), func(c *cobra.Command) bool { return c.Name() == named })
	if named == verbs.GroupNoun || !looks && !verbs.Noun(named) {
		group.AddCommand(verbs.GroupCommands(env, a.actInGroup)...)
	}
	if looks {
		return nil
	}
	acts := verbs.CommandsOf(named, env, a.act)
	a.everywhere(acts, env)
	return acts
}

// looksAmong adds to the families of acts what only looks, and gives it.
func (a *app) looksAmong(acts []*cobra.Command) []*cobra.Command {
	var out []*cobra.Command
	for _, family := range acts {
		var look *cobra.Command
		switch family.Name() {
		case "ring":
			look = a.ringShowCommand()
		case "action":
			look = a.actionListCommand()
		default:
			continue
		}
		family.AddCommand(look)
		out = append(out, look)
	}
	return out
}

// everyChapter has what looks into a case beside what lists cases.
func (a *app) everyChapter(all []verbs.Chapter, looks []*cobra.Command) []verbs.Chapter {
	out := slices.Clone(all)
	out[0].Commands = slices.Concat(out[0].Commands, looks)
	return out
}
