package seal

import (
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/temporal"
)

// Failures is what an error is on its way through the server: its type stays open, a code from a
// closed list; what it says, and where it arose, is sealed as the converter's payloads are.
func Failures(c converter.DataConverter) converter.FailureConverter {
	_, sealed := c.(*Converter)
	return temporal.NewDefaultFailureConverter(temporal.DefaultFailureConverterOptions{
		DataConverter: c, EncodeCommonAttributes: sealed})
}
