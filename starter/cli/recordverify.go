package cli

import (
	"context"
	"os"
	"strconv"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/words"
	"holdthering/register"
)

// recordVerifyCommand looks at a register where there is nothing else: no server, no worker and no key.
func (a *app) recordVerifyCommand() *cobra.Command {
	var digest string
	return look{
		use: "verify FILE|CASE [flags]", short: "Whether a register is whole: nothing changed, no part and no end missing",
		long: "Whether a register is whole: nothing changed, no part and no end missing.\n\nThe file is CASE" + register.Ending +
			" among the records. It needs neither server nor key. Where workers\nshare a database (HTR_REGISTER), name the case or the group (group-Q56). Without\n--digest a missing end does not show: name the " +
			"digest that 'record --json' has (past.digest).\nExit code 2 if it is not whole.",
		example: "record verify records/K7QM-3XRD.register --digest 9f2c51e07a64b3d8", args: oneWord("file", false),
		run: func(cmd *cobra.Command, args []string, asJSON bool) error {
			v, err := a.verified(cmd.Context(), args[0], digest)
			if err != nil {
				return &regime.Mistake{Reason: args[0] + " is not whole: " + err.Error() + "."}
			}
			return a.answer(asJSON, v, func() string { return verifiedWords(args[0], v) })
		},
		flags: func(set *pflag.FlagSet) {
			set.StringVar(&digest, "digest", "", "that of the last part, its `digest`")
		},
	}.command()
}

// verified looks at a file, or at a register in the database that workers share.
func (a *app) verified(ctx context.Context, what, digest string) (v register.Verified, err error) {
	address := a.Getenv("HTR_REGISTER")
	if _, missing := os.Stat(what); address == "" || missing == nil {
		return register.Verify(what, digest)
	}
	db, err := register.OpenPostgreSQL(address)
	if err != nil {
		return v, err
	}
	defer db.Close()
	return register.VerifyOn(ctx, db, what, digest)
}

func verifiedWords(path string, v register.Verified) string {
	text := path + " is whole: " + words.Count(v.Parts, "part") + ", the last of " + calendar.Instant(v.Last) + ".\nDigest: " + v.Digest
	if v.Aside > 0 {
		text += "\n" + words.Count(v.Aside, "part") + " beside them: a case that was restored from a backup did not go on from there."
	}
	if v.Torn > 0 {
		text += "\n" + strconv.FormatInt(v.Torn, 10) + " bytes after the last part belong to none: a program was killed while it wrote."
	}
	return text
}
