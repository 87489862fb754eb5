using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Experiments.Contracts;
using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Tests.Support;
using Experiments.ServiceDefaults.Artifacts;

namespace Experiments.Orchestrator.Tests.Artifacts.Uploads;

/// <summary>Uploads and downloads of files by workers without access to the artifacts folder.</summary>
public sealed class UploadTests : IAsyncLifetime
{
    private const string Name = "best.safetensors";

    private static readonly byte[] Content = [.. Enumerable.Range(0, 100_000).Select(i => (byte)(i * 7))];

    private readonly TempFolder _folder = new();
    private TestHost _host = null!;
    private RunClaimed _run = null!;
    private Uploading _upload = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await TestHost.StartAsync(_folder);
        await _host.PostAsync<SweepView>("/api/sweeps", SweepFiles.Of(1));
        _run = await new ScriptedWorker(_host).ClaimAsync();
        _upload = new Uploading(_host, _run);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Put_WholeFile_CanBeDownloadedWithItsDigest()
    {
        UploadView answer = await ReadAsync(await _upload.PutAsync(Name, Content));

        HttpResponseMessage download = await _upload.DownloadAsync(Name);
        Assert.Equal(new UploadView(Content.Length, true), answer);
        Assert.Equal(Content, await download.Content.ReadAsByteArrayAsync(Cancelled));
        Assert.Equal($"\"{Uploading.Digest(Content)}\"", download.Headers.ETag?.Tag);
        Assert.Equal(new UploadView(Content.Length, true), await ReadAsync(await _upload.ProgressAsync(Name, Content)));
        Assert.Equal([Name], FilesOf(1));
    }

    [Fact]
    public async Task Put_FileOfNoBytesAndOneBeyondTheServersUsualLimit_AreTaken()
    {
        byte[] large = new byte[31 * 1024 * 1024];

        Assert.True((await ReadAsync(await _upload.PutAsync("empty.json", []))).Complete);
        Assert.True((await ReadAsync(await _upload.PutAsync(Name, large))).Complete);
    }

    [Fact]
    public async Task Put_ConnectionBreaks_ResumesWhereItStopped()
    {
        using (TcpClient broken = await _upload.BeginAsync(Name, Content, 40_000))
        {
            await TestTimeout.UntilAsync(ProgressAsync, progress => progress.Received == 40_000);
        }

        HttpResponseMessage rest = await TestTimeout.UntilAsync(
            () => _upload.PutPartAsync(Name, Content, 40_000, 60_000), response => response.StatusCode != HttpStatusCode.Locked);

        Assert.True((await ReadAsync(rest)).Complete);
        Assert.Equal(Content, await (await _upload.DownloadAsync(Name)).Content.ReadAsByteArrayAsync(Cancelled));
    }

    [Fact]
    public async Task Put_WhileTheSameFileIsBeingSent_IsRefusedAndOtherFilesAreNot()
    {
        using TcpClient busy = await _upload.BeginAsync(Name, Content, 40_000);
        await TestTimeout.UntilAsync(ProgressAsync, progress => progress.Received == 40_000);

        HttpResponseMessage[] others = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => _upload.PutAsync($"other-{i}.json", Content)));
        HttpResponseMessage same = await _upload.PutAsync(Name, Content);

        Assert.All(others, response => Assert.Equal(HttpStatusCode.OK, response.StatusCode));
        Assert.Equal(HttpStatusCode.Locked, same.StatusCode);
        await busy.GetStream().WriteAsync(Content.AsMemory(40_000), Cancelled);
        Assert.Equal(HttpStatusCode.OK, (await TestTimeout.UntilAsync(() => _upload.DownloadAsync(Name), answer => answer.IsSuccessStatusCode)).StatusCode);
    }

    [Fact]
    public async Task Put_PartThatDoesNotFollow_IsRefusedAndOneThatCameBeforeIsNot()
    {
        await _upload.PutPartAsync(Name, Content, 0, 50_000);

        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, (await _upload.PutPartAsync(Name, Content, 60_000, 40_000)).StatusCode);
        Assert.True((await ReadAsync(await _upload.PutPartAsync(Name, Content, 30_000, 70_000))).Complete);
        Assert.Equal(Content, await (await _upload.DownloadAsync(Name)).Content.ReadAsByteArrayAsync(Cancelled));
    }

    [Fact]
    public async Task Put_OtherBytesThanTheDigestSays_AreRefusedAndNotKept()
    {
        await _upload.PutAsync(Name, Content);
        byte[] damaged = [.. Content];
        damaged[77] ^= 1;
        byte[] announced = [.. Content];
        announced[0] ^= 1;

        HttpResponseMessage response = await _upload.PutAsync(Name, damaged, Uploading.Digest(announced));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Contains(Uploading.Digest(announced), await response.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
        Assert.Equal(Content, await (await _upload.DownloadAsync(Name)).Content.ReadAsByteArrayAsync(Cancelled));
        Assert.Equal([Name], FilesOf(1));
    }

    [Fact]
    public async Task Put_AttemptThatLostItsLease_IsRefusedAndItsSuccessorsFilesStay()
    {
        await _upload.PutPartAsync(Name, Content, 0, 50_000);
        var worker = new ScriptedWorker(_host);
        await worker.EndAsync(_run, AttemptOutcome.HandedBack);
        RunClaimed second = await worker.ClaimAsync();
        var successor = new Uploading(_host, second);
        await successor.PutAsync(Name, [1, 2, 3]);

        Assert.Equal(HttpStatusCode.Conflict, (await _upload.PutPartAsync(Name, Content, 50_000, 50_000)).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await _upload.ProgressAsync(Name, Content)).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await new Uploading(_host, second, "another-worker").PutAsync(Name, Content)).StatusCode);

        Assert.Equal([1, 2, 3], await (await successor.DownloadAsync(Name)).Content.ReadAsByteArrayAsync(Cancelled));
        Assert.DoesNotContain(Name, FilesOf(1));
    }

    [Fact]
    public async Task Put_LeaseLostWhileBytesCome_GivesTheFileNoName()
    {
        using TcpClient slow = await _upload.BeginAsync(Name, Content, 40_000);
        await TestTimeout.UntilAsync(ProgressAsync, progress => progress.Received == 40_000);
        await new ScriptedWorker(_host).EndAsync(_run, AttemptOutcome.HandedBack);
        await _host.UntilRunAsync(_run.RunId, run => run.Status == RunStatus.Queued);

        await slow.GetStream().WriteAsync(Content.AsMemory(40_000), Cancelled);
        using var reader = new StreamReader(slow.GetStream());

        Assert.Contains("409", await reader.ReadLineAsync(Cancelled), StringComparison.Ordinal);
        Assert.DoesNotContain(Name, FilesOf(1));
    }

    /// <summary>A worker that dies between sending best weights and their checkpoint leaves a checkpoint that refers to the previous weights.</summary>
    [Theory]
    [InlineData(ArtifactNames.Checkpoint, ArtifactNames.PreviousCheckpoint)]
    [InlineData(ArtifactNames.BestWeights, ArtifactNames.PreviousBestWeights)]
    public async Task Put_NextCheckpointOrBestWeights_KeepsTheOnesBefore(string name, string previous)
    {
        await _upload.PutAsync(name, [1]);
        await _upload.PutAsync(name, [2]);

        Assert.Equal([2], await (await _upload.DownloadAsync(name)).Content.ReadAsByteArrayAsync(Cancelled));
        Assert.Equal([1], await (await _upload.DownloadAsync(previous)).Content.ReadAsByteArrayAsync(Cancelled));
    }

    [Theory]
    [InlineData("..%2F..%2Fexperiments.db")]
    [InlineData("..%5Cexperiments.db")]
    [InlineData(".best.safetensors.part")]
    [InlineData("%2E%2E")]
    [InlineData("a%00b")]
    [InlineData("%C3%A4")]
    public async Task Names_ThatLeadElsewhere_AreRefused(string name)
    {
        HttpResponseMessage put = await _upload.PutAsync(name, Content);
        HttpResponseMessage get = await _upload.DownloadAsync(name);

        Assert.All([put, get], response => Assert.True(
            response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed, $"{response.StatusCode}"));
        Assert.Empty(FilesOf(1));
    }

    [Theory]
    [InlineData("?sha256=abc&bytes=3&worker=w", "sha256")]
    [InlineData("?bytes=3&worker=w", "sha256")]
    [InlineData("?sha256=SHA&bytes=-3&worker=w", "bytes")]
    [InlineData("?sha256=SHA&bytes=3", "worker")]
    public async Task Put_BadQuery_NamesTheParameter(string query, string parameter)
    {
        string path = $"/api/runs/{_run.RunId}/attempts/1/uploads/{Name}{query.Replace("SHA", new string('0', 64), StringComparison.Ordinal)}";

        HttpResponseMessage response = await _host.Client.PutAsync(new Uri(path, UriKind.Relative), new ByteArrayContent([1, 2, 3]), Cancelled);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains($"\"{parameter}\"", await response.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Download_RestOfAFileThatWasReplaced_IsTheWholeNewOne()
    {
        await _upload.PutAsync(Name, Content);
        Assert.Equal(Content[90_000..], await RangeAsync(HttpStatusCode.PartialContent));

        byte[] next = [.. Content.Reverse()];
        await _upload.PutAsync(Name, next);

        Assert.Equal(next, await RangeAsync(HttpStatusCode.OK));
    }

    [Fact]
    public async Task OpenApi_Upload_NamesAllThatHasToBeSaid()
    {
        JsonElement document = await _host.GetAsync<JsonElement>("/openapi/v1.json");

        JsonElement put = document.GetProperty("paths").GetProperty("/api/runs/{id}/attempts/{attempt}/uploads/{name}").GetProperty("put");
        Assert.Equal(
            ["attempt", "bytes", "content-range", "id", "name", "sha256", "worker"],
            put.GetProperty("parameters").EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString()!.ToLowerInvariant()).Order());
        Assert.True(put.GetProperty("requestBody").GetProperty("content").TryGetProperty("application/octet-stream", out _));
    }

    private async Task<byte[]> RangeAsync(HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/runs/{_run.RunId}/attempts/1/files/{Name}");
        request.Headers.Range = new RangeHeaderValue(90_000, null);
        request.Headers.IfRange = new RangeConditionHeaderValue(new EntityTagHeaderValue($"\"{Uploading.Digest(Content)}\""));
        HttpResponseMessage response = await _host.Client.SendAsync(request, Cancelled);
        Assert.Equal(expected, response.StatusCode);
        return await response.Content.ReadAsByteArrayAsync(Cancelled);
    }

    private async Task<UploadView> ProgressAsync() => await ReadAsync(await _upload.ProgressAsync(Name, Content));

    private string[] FilesOf(int attempt)
    {
        string path = _host.Get<ArtifactFolder>().AttemptFolder(_run.RunId, attempt);
        return Directory.Exists(path) ? [.. Directory.GetFiles(path).Select(file => Path.GetFileName(file)).Order()] : [];
    }

    private static async Task<UploadView> ReadAsync(HttpResponseMessage response)
    {
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Cancelled));
        return (await response.Content.ReadFromJsonAsync<UploadView>(ContractJson.Options, Cancelled))!;
    }
}
