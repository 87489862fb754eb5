using System.CommandLine;
using Experiments.Standalone.Commands;

namespace Experiments.Standalone.Tests.Commands;

public sealed class ServeCommandTests
{
    [Fact]
    public void Run_NoArguments_ServesFromTheDefaultFolder()
    {
        ServeOptions options = Run();

        Assert.Equal((null, "data", null, false, false), (options.SweepFile, options.Data, options.Weights, options.Exit, options.Verbose));
        Assert.Empty(options.Settings);
    }

    [Fact]
    public void Run_AllArguments_InAnyOrder()
    {
        ServeOptions options = Run("--Worker:Threads=4", "--exit", "--data", "/d", "sweep.yaml", "--Worker:Device=cpu", "--verbose");

        Assert.Equal(("sweep.yaml", "/d", true, true), (options.SweepFile, options.Data, options.Exit, options.Verbose));
        Assert.Equal(["--Worker:Threads=4", "--Worker:Device=cpu"], options.Settings);
    }

    [Theory]
    [InlineData("--weights /w")]
    [InlineData("--weights=/w")]
    public void Run_Weights_IsTheirFolder(string arguments) => Assert.Equal("/w", Run(arguments.Split(' ')).Weights);

    [Theory]
    [InlineData("--data /d")]
    [InlineData("--data=/d")]
    public void Run_Data_IsItsFolder(string arguments) => Assert.Equal("/d", Run(arguments.Split(' ')).Data);

    [Theory]
    [InlineData("--urls http://localhost:5090")]
    [InlineData("--urls=http://localhost:5090")]
    public void Run_Urls_IsASetting(string arguments) => Assert.Equal(["--urls=http://localhost:5090"], Run(arguments.Split(' ')).Settings);

    [Fact]
    public void Run_FileNameWithAnAtSign_IsTheSweepFile() => Assert.Equal("@sweep.yaml", Run("@sweep.yaml").SweepFile);

    [Theory]
    [InlineData("--urls", "--urls needs an address, such as http://localhost:5090.")]
    [InlineData("--Worker:Threads 4", "--Worker:Threads needs a value: --Worker:Threads=VALUE.")]
    [InlineData("--what", "Unknown argument: \"--what\"")]
    [InlineData("--verbos", "Unknown argument: \"--verbos\"; did you mean \"--verbose\"?")]
    [InlineData("a.yaml --what=1", "'--what=1'")]
    [InlineData("a.yaml b.yaml", "'b.yaml'")]
    [InlineData("a.yaml --data", "--data needs a folder.")]
    [InlineData("--data --exit a.yaml", "--data needs a folder.")]
    [InlineData("--data=", "--data needs a folder.")]
    [InlineData("--data a --data b", "'--data'")]
    [InlineData("a.yaml --weights", "--weights needs a folder.")]
    [InlineData("--weights=", "--weights needs a folder.")]
    [InlineData("--exit", "--exit needs a sweep file: there is nothing to wait for.")]
    public async Task RunAsync_BadArguments_QuotesThemAndExitsWith2(string arguments, string problem)
    {
        ServeOptions? options = null;
        (string[] settings, string[] others) = HostSettings.Split(arguments.Split(' '));
        var command = new ServeCommand(settings, given => Record(options = given));

        Assert.Contains(problem, command.Parse(others).Errors[^1].Message, StringComparison.Ordinal);
        Assert.Equal(Refusal.ExitCode, await CommandRunner.RunAsync(command, others));
        Assert.Null(options);
    }

    [Fact]
    public async Task RunAsync_Options_ReturnsWhatTheRunReturns() =>
        Assert.Equal(7, await CommandRunner.RunAsync(new ServeCommand([], _ => Task.FromResult(7)), ["a.yaml"]));

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("-?")]
    public void Help_NamesEveryOption(string argument)
    {
        using var output = new StringWriter();
        var command = new ServeCommand([], _ => throw new InvalidOperationException("started"));

        Assert.Equal(0, command.Parse(argument).Invoke(new InvocationConfiguration { Output = output }));
        Assert.All(
            (string[])["SWEEP.yaml", "--exit", "--data <DIR>", "[default: data]", "--weights <DIR>", "--urls <ADDRESS>", "--verbose", "--Section:Key=VALUE", "http://localhost:5080"],
            text => Assert.Contains(text, output.ToString(), StringComparison.Ordinal));
    }

    private static ServeOptions Run(params string[] arguments)
    {
        ServeOptions? options = null;
        (string[] settings, string[] others) = HostSettings.Split(arguments);

        Assert.Equal(0, new ServeCommand(settings, given => Record(options = given)).Parse(others, CommandRunner.Parsing).Invoke());
        return options!;
    }

    private static Task<int> Record(ServeOptions _) => Task.FromResult(0);
}
