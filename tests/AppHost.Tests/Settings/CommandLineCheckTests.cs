using Experiments.AppHost.Settings;
using Microsoft.Extensions.Configuration;

namespace Experiments.AppHost.Tests.Settings;

public sealed class CommandLineCheckTests
{
    [Theory]
    [InlineData("Workers:Cpus", "--Workers:Cpus=2")]
    [InlineData("Wrokers:Cpu", "--Wrokers:Cpu=2")]
    [InlineData("Workers", "--Workers", "2")]
    [InlineData("Server", "Server=local")]
    [InlineData("Worker:Threads", "--Worker:Threads=2")]
    [InlineData("quickstart.yaml", "quickstart.yaml")]
    [InlineData("Storage:Rot", "--Servers", "local", "/Storage:Rot", "x")]
    public void Require_AnArgumentThatNothingReads_IsQuotedWithWhatThereIs(string quoted, params string[] arguments)
    {
        var exception = Assert.Throws<AppHostSettingsException>(() => Require(arguments));

        Assert.Contains($"\"{quoted}\" is no setting", exception.Message, StringComparison.Ordinal);
        Assert.Contains("--Workers:Cpu", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("--Servers=local", "--Workers:Cpu", "2", "--workers:spare=0", "/Storage:Root", "relative/folder")]
    [InlineData("--ConnectionStrings:redis=host:6379", "--Logging:LogLevel:Default=Debug", "--environment", "Production")]
    [InlineData("--publisher", "manifest", "--output-path", "manifest.json", "--Workers:Cpu=1")]
    public void Require_WhatIsRead_Passes(params string[] arguments) => Require(arguments);

    /// <summary>Simulates the environment variable <c>Workers__Cpus</c>.</summary>
    [Fact]
    public void Require_AnUnknownSettingOfWorkersFromElsewhere_IsRefused()
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Workers:Cpus", "2")]).Build();

        Assert.Throws<AppHostSettingsException>(() => CommandLineCheck.Require([], configuration));
    }

    private static void Require(string[] arguments) => CommandLineCheck.Require(arguments, new ConfigurationBuilder().AddCommandLine(arguments).Build());
}
