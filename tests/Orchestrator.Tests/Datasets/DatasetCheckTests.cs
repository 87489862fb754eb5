using System.Net;
using System.Net.Http.Json;
using Experiments.Contracts;
using Experiments.Contracts.Api;
using Experiments.Contracts.Workers;
using Experiments.Orchestrator.Datasets;
using Experiments.Orchestrator.Tests.Support;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Orchestrator.Tests.Datasets;

/// <summary>Checks of all images of a folder, by a worker that waits for the test's signal to continue.</summary>
public sealed class DatasetCheckTests : IAsyncLifetime
{
    private const int Count = 30;

    private readonly TempFolder _folder = new();
    private readonly SemaphoreSlim _goOn = new(0);
    private TestHost _host = null!;

    private string Address => AddressOf(Images("pets"));

    public async ValueTask InitializeAsync() => _host = await TestHost.StartAsync(_folder, addConsumers: bus =>
    {
        bus.AddSingleton(this);
        bus.AddConsumer<Worker>().Endpoint(endpoint => endpoint.Name = QueueNames.DatasetRequests);
    });

    public async ValueTask DisposeAsync()
    {
        _goOn.Release(1000);
        await _host.DisposeAsync();
        _folder.Dispose();
        _goOn.Dispose();
    }

    [Fact]
    public async Task Check_Folder_IsFollowedToItsEnd()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await _host.GetAsync(Address)).StatusCode);

        DatasetCheckView begun = await SendAsync(HttpMethod.Post, Address);
        _goOn.Release();
        DatasetCheckView half = await UntilAsync(check => check.Checked > 0);
        DatasetCheckView same = await SendAsync(HttpMethod.Post, Address);
        _goOn.Release(10);
        DatasetCheckView done = await UntilAsync(check => check.Status != DatasetCheckStatus.Running);

        Assert.Equal((DatasetCheckStatus.Running, 0), (begun.Status, begun.Images));
        Assert.Equal((DatasetCheckStatus.Running, 10, Count, "gpu-1"), (half.Status, half.Checked, half.Images, half.Host));
        Assert.Equal((half.StartedAt, 10), (same.StartedAt, same.Checked));
        Assert.Equal((DatasetCheckStatus.Completed, Count, 3), (done.Status, done.Checked, done.UnreadableCount));
        Assert.Equal(["0.jpg", "10.jpg", "20.jpg"], done.Unreadable.Select(image => image.Place));
        Assert.NotNull(done.FinishedAt);
    }

    [Fact]
    public async Task Get_FolderWithASlashAtItsEnd_IsTheSameCheck()
    {
        DatasetCheckView begun = await SendAsync(HttpMethod.Post, Address + "/");

        Assert.Equal(begun.StartedAt, (await _host.GetAsync<DatasetCheckView>(Address)).StartedAt);
        Assert.Equal(begun.StartedAt, (await SendAsync(HttpMethod.Post, Address)).StartedAt);
    }

    [Fact]
    public async Task Delete_Running_EndsItForAllWhoLook()
    {
        await SendAsync(HttpMethod.Post, Address);

        Assert.Equal(DatasetCheckStatus.Cancelled, (await SendAsync(HttpMethod.Delete, Address)).Status);
        Assert.Equal(DatasetCheckStatus.Cancelled, (await _host.GetAsync<DatasetCheckView>(Address)).Status);

        // The check can be restarted.
        Assert.Equal(DatasetCheckStatus.Running, (await SendAsync(HttpMethod.Post, Address)).Status);
    }

    [Fact]
    public async Task Check_FolderThatAWorkerRefuses_FailsWithTheReason()
    {
        string refused = Address.Replace("imagefolder", "cifar10", StringComparison.Ordinal);
        await File.WriteAllBytesAsync(Path.Combine(_folder.Path, "pets", "data_batch_1.bin"), [1], TestContext.Current.CancellationToken);
        await SendAsync(HttpMethod.Post, refused);

        DatasetCheckView failed = await UntilAsync(check => check.Status != DatasetCheckStatus.Running, refused);

        Assert.Equal((DatasetCheckStatus.Failed, "no CIFAR-10 in there"), (failed.Status, failed.Problem));
    }

    [Fact]
    public async Task Post_MoreThanMayRunConcurrently_IsRefused()
    {
        string[] folders = [.. Enumerable.Range(0, DatasetChecks.MostRunning + 1).Select(i => Images($"images{i}"))];
        HttpStatusCode[] answers = new HttpStatusCode[folders.Length];
        for (int i = 0; i < folders.Length; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, AddressOf(folders[i]));
            answers[i] = (await _host.Client.SendAsync(request, TestContext.Current.CancellationToken)).StatusCode;
        }

        Assert.All(answers[..^1], answer => Assert.Equal(HttpStatusCode.Accepted, answer));
        Assert.Equal(HttpStatusCode.Conflict, answers[^1]);
    }

    private static string AddressOf(string folder) => $"/api/datasets/imagefolder/check?path={Uri.EscapeDataString(folder)}";

    /// <summary>A folder with class folders, complete as far as an Orchestrator checks.</summary>
    private string Images(string name)
    {
        string folder = Path.Combine(_folder.Path, name);
        foreach (string label in (string[])["a", "b"])
        {
            Directory.CreateDirectory(Path.Combine(folder, label));
            File.WriteAllBytes(Path.Combine(folder, label, "1.jpg"), [1, 2, 3]);
        }

        return folder;
    }

    private async Task<DatasetCheckView> SendAsync(HttpMethod method, string address)
    {
        using var request = new HttpRequestMessage(method, address);
        HttpResponseMessage response = await _host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return (await response.Content.ReadFromJsonAsync<DatasetCheckView>(ContractJson.Options, TestContext.Current.CancellationToken))!;
    }

    private Task<DatasetCheckView> UntilAsync(Func<DatasetCheckView, bool> holds, string? address = null) =>
        TestTimeout.UntilAsync(() => _host.GetAsync<DatasetCheckView>(address ?? Address), holds);

    internal sealed class Worker(DatasetCheckTests test) : IConsumer<CheckDataset>
    {
        public async Task Consume(ConsumeContext<CheckDataset> context)
        {
            CheckDataset asked = context.Message;
            if (asked.Dataset.Name == "cifar10")
            {
                await context.RespondAsync(new DatasetRefused(IsAbsent: false, "no CIFAR-10 in there"));
                return;
            }

            await test._goOn.WaitAsync(context.CancellationToken);
            Assert.Equal(asked.First == 0 ? null : "state", asked.Fingerprint);
            await context.RespondAsync(new DatasetChecked("gpu-1", Count, asked.First + 10, "state", [new UnreadableImage("training", $"{asked.First}.jpg", "cut short")]));
        }
    }
}
