using Experiments.ServiceDefaults.Files;
using Experiments.ServiceDefaults.Startup;
using Experiments.TestServers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace Experiments.ServiceDefaults.Tests.Startup;

/// <summary>An invalid setting ends the start with one line that names it.</summary>
[Collection(nameof(StartedService))]
public sealed class RefusedSettingTests : IDisposable
{
    private readonly StartedService _service = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("folder")]
    [InlineData("http")]
    public async Task Run_ArtifactsFolderCannotBeWritten_NamesIt(string store)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["file"], "", Cancelled);
        WebApplication app = _service.Build(0, ("Artifacts:Store", store), ("Artifacts:Root", folder["file/artifacts"]));

        (int exitCode, string errors) = await StartedService.RunAsync(app);

        Assert.Equal(ExitCodes.CannotStart, exitCode);
        Assert.Contains($"'{folder["file/artifacts"]}'", errors, StringComparison.Ordinal);
        Assert.Empty(_service.Log.Exceptions);
    }

    [Theory]
    [InlineData("ConnectionStrings:rabbitmq", "localhost:5672", "ConnectionStrings:rabbitmq")]
    [InlineData("ConnectionStrings:redis", "localhost:1,nonsense=1", "ConnectionStrings:redis")]
    [InlineData("Artifacts:Store", "ftp", "Artifacts:Store is \"ftp\"; allowed: folder")]
    [InlineData("MetricStream:MaxEntries", "abc", "Cannot start: MetricStream:MaxEntries is \"abc\"; allowed: a whole number.")]
    [InlineData("MetricStream:MaxEntries", "", "Cannot start: MetricStream:MaxEntries is \"\"; allowed: a whole number.")]
    [InlineData("MetricStream:PageSize", "99999999999", "Cannot start: MetricStream:PageSize is \"99999999999\"; allowed: a whole number.")]
    [InlineData("MetricStream:PageSize", "0", "Cannot start: MetricStream:PageSize is \"0\"; allowed: 1 to 1000000.")]
    [InlineData("MetricStream:PollInterval", "1s", "Cannot start: MetricStream:PollInterval is \"1s\"; allowed: a time as hours, minutes and seconds, such as 00:00:30.")]
    [InlineData("urls", "nonsense", "Cannot start: Invalid url: 'nonsense'. Set an address such as http://localhost:5080")]
    [InlineData("urls", "http://127.0.0.1:99999", "its port is not one from 0 to 65535")]
    [InlineData("urls", "http://0.0.0.0:0", "Cannot start: the service would listen on \"http://0.0.0.0:0\", where other machines can reach it without a login: set Access:Mode=tokens")]
    [InlineData("Access:Mode", "closed", "Cannot start: Access:Mode is \"closed\"; allowed: Open, Tokens.")]
    public async Task Run_SettingCannotBeRead_NamesIt(string key, string value, string named)
    {
        (int exitCode, string errors) = await StartedService.RunAsync(_service.Build(0, (key, value)));

        Assert.Equal(ExitCodes.CannotStart, exitCode);
        Assert.Contains(named, Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Empty(_service.Log.Exceptions);
    }

    /// <summary>Settings that are read while the service is built.</summary>
    [Theory]
    [InlineData("Worker:Threads", "abc", "Cannot start: Worker:Threads is \"abc\"; allowed: a whole number.")]
    [InlineData("Worker:FlushDenormals", "maybe", "Cannot start: Worker:FlushDenormals is \"maybe\"; allowed: true or false.")]
    [InlineData("Worker:Share", "1,5,x", "Cannot start: Worker:Share is \"1,5,x\"; allowed: a number, with a point for decimals.")]
    [InlineData("Worker:Day", "Caturday", "Cannot start: Worker:Day is \"Caturday\"; allowed: Sunday, Monday, Tuesday")]
    [InlineData("Worker:Address", "http://", "Cannot start: Worker:Address is \"http://\"; allowed: an address")]
    [InlineData("Logging:LogLevel:Default", "loud", "Cannot start: A level under Logging:LogLevel is \"loud\"; allowed: Trace, Debug")]
    [InlineData("Datasets:Roots", "/data", "Cannot start: Datasets:Roots is \"/data\"; allowed: a list of full paths: write Datasets:Roots:0=/data.")]
    public async Task Run_SettingOfTheWrongTypeReadEarly_GivesOneLineAndAnExitCode(string key, string value, string expected)
    {
        (int exitCode, string errors) = await StartedService.RunAsync(() => ServiceRunner.RunAsync(() =>
        {
            WebApplicationBuilder builder = _service.CreateBuilder(0, (key, value));
            builder.Configuration.GetSection("Worker").Get<Typed>();
            RootsSetting.Require(builder.Configuration, "Datasets:Roots");
            return builder.Build();
        }));

        Assert.Equal(ExitCodes.CannotStart, exitCode);
        Assert.StartsWith(expected, Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    public void Dispose() => _service.Dispose();

    private sealed record Typed
    {
        public int Threads { get; init; }

        public bool FlushDenormals { get; init; }

        public double Share { get; init; }

        public DayOfWeek Day { get; init; }

        public Uri? Address { get; init; }
    }
}
