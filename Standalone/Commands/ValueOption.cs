using System.CommandLine;
using System.CommandLine.Parsing;

namespace Experiments.Standalone.Commands;

/// <summary>An option with one value that may not be empty.</summary>
internal sealed class ValueOption : Option<string?>
{
    private readonly string _needed;

    /// <param name="name">With its dashes.</param>
    /// <param name="placeholder">What the help shows for the value.</param>
    /// <param name="needed">The kind of value, such as <c>a folder</c>.</param>
    public ValueOption(string name, string placeholder, string needed)
        : base(name)
    {
        _needed = needed;
        HelpName = placeholder;

        // The validator below reports a missing value with an example.
        Arity = ArgumentArity.ZeroOrOne;
        Validators.Add(RequireValue);
    }

    private void RequireValue(OptionResult result)
    {
        if (!result.Implicit && result.Tokens.All(token => token.Value.Length == 0))
        {
            result.AddError($"{Name} needs {_needed}.");
        }
    }
}
