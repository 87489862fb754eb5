namespace Experiments.Standalone.Tests;

public sealed class CommandLineTests
{
    [Fact]
    public void Parse_Nothing_ServesFromTheDefaultFolder()
    {
        CommandLine? line = CommandLine.Parse([], out _);

        Assert.Equal((null, "data", false, false), (line!.SweepFile, line.Data, line.Exit, line.Verbose));
    }

    [Fact]
    public void Parse_Everything_InAnyOrder()
    {
        CommandLine? line = CommandLine.Parse(["--exit", "--data", "/d", "sweep.yaml", "--Worker:Threads=4", "--verbose"], out _);

        Assert.Equal(("sweep.yaml", "/d", true, true), (line!.SweepFile, line.Data, line.Exit, line.Verbose));
        Assert.Equal(["--Worker:Threads=4"], line.Rest);
    }

    [Theory]
    [InlineData("--weights /w")]
    [InlineData("--weights=/w")]
    public void Parse_Weights_IsTheirFolder(string arguments) =>
        Assert.Equal("/w", CommandLine.Parse(arguments.Split(' '), out _)!.Weights);

    [Theory]
    [InlineData("--urls http://localhost:5090")]
    [InlineData("--urls=http://localhost:5090")]
    public void Parse_Urls_IsASetting(string arguments) =>
        Assert.Equal(["--urls=http://localhost:5090"], CommandLine.Parse(arguments.Split(' '), out _)!.Rest);

    [Theory]
    [InlineData("--urls", "--urls needs an address")]
    [InlineData("--Worker:Threads 4", "--Worker:Threads needs a value: --Worker:Threads=VALUE")]
    [InlineData("--what", "--what")]
    [InlineData("a.yaml b.yaml", "b.yaml")]
    [InlineData("a.yaml --data", "--data")]
    [InlineData("--data=", "--data")]
    [InlineData("a.yaml --weights", "--weights")]
    [InlineData("--weights=", "--weights")]
    [InlineData("--exit", "--exit")]
    public void Parse_SenselessArguments_QuotesTheOne(string arguments, string quoted)
    {
        Assert.Null(CommandLine.Parse(arguments.Split(' '), out string problem));
        Assert.Contains(quoted, problem, StringComparison.Ordinal);
    }
}
