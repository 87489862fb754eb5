using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Experiments.Contracts;
using Experiments.Contracts.Workers;
using Experiments.TestServers;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Experiments.Benchmarks.Load;

/// <summary>
/// Sends the heartbeats of many workers as the bus would, each worker with its own reply queue. It bypasses the bus, because a thousand buses
/// in one process would need more resources than the system under test.
/// </summary>
internal sealed class HeartbeatSource : IAsyncDisposable
{
    private readonly IConnection _connection;
    private readonly IChannel _channel;
    private readonly string _address;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, long> _open = [];
    private readonly ConcurrentQueue<double> _replies = [];
    private int _sent;
    private Task _sending = Task.CompletedTask;

    private HeartbeatSource(IConnection connection, IChannel channel, string address) => (_connection, _channel, _address) = (connection, channel, address);

    public static async Task<HeartbeatSource> StartAsync(string connectionString, int workers, TimeSpan interval)
    {
        var broker = new Uri(connectionString);
        IConnection connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync();
        var source = new HeartbeatSource(connection, await connection.CreateChannelAsync(), $"rabbitmq://{broker.Host}:{broker.Port}/");
        var consumer = new AsyncEventingBasicConsumer(source._channel);
        consumer.ReceivedAsync += source.OnReplyAsync;
        for (int number = 0; number < workers; number++)
        {
            string queue = Queue(number);
            await source._channel.ExchangeDeclareAsync(queue, ExchangeType.Fanout, durable: false, autoDelete: true);
            await source._channel.QueueDeclareAsync(queue, durable: false, exclusive: true, autoDelete: true);
            await source._channel.QueueBindAsync(queue, queue, "");
            await source._channel.BasicConsumeAsync(queue, autoAck: true, consumer);
        }

        source._sending = source.SendAsync(workers, interval);
        return source;
    }

    /// <summary>Resets the counts.</summary>
    public void Reset()
    {
        _replies.Clear();
        Interlocked.Exchange(ref _sent, 0);
    }

    /// <summary>The number sent since the last <see cref="Reset"/>, and the milliseconds until each answer, ascending.</summary>
    public (int Sent, double[] Replies) Read() => (Volatile.Read(ref _sent), [.. _replies.Order()]);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
        _stop.Dispose();
    }

    private static string Queue(int number) => $"load-worker-{number}";

    /// <summary>Sends one after the other, spread over the interval.</summary>
    private async Task SendAsync(int workers, TimeSpan interval)
    {
        long start = Stopwatch.GetTimestamp();
        for (long beat = 0; !_stop.IsCancellationRequested; beat++)
        {
            TimeSpan due = (beat * interval / workers) - Stopwatch.GetElapsedTime(start);
            if (due > TimeSpan.FromMilliseconds(1))
            {
                await Task.Delay(due, _stop.Token);
            }

            await SendAsync((int)(beat % workers));
        }
    }

    private async Task SendAsync(int number)
    {
        string id = Guid.NewGuid().ToString();
        var heartbeat = new Heartbeat { WorkerId = $"load-{number}", Host = $"host-{number / 8}", Device = $"cuda:{number % 8}", MemoryUsed = 1 << 30, MemoryTotal = 1L << 34, Utilization = 0.5 };
        JsonObject envelope = MessageMutation.Envelope(typeof(Heartbeat).FullName!, System.Text.Json.JsonSerializer.SerializeToNode(heartbeat, ContractJson.Options)!);
        envelope["requestId"] = id;
        envelope["responseAddress"] = $"{_address}{Queue(number)}?temporary=true";
        var properties = new BasicProperties { ContentType = RawBroker.BusContentType, Persistent = true };
        _open[id] = Stopwatch.GetTimestamp();
        Interlocked.Increment(ref _sent);
        await _channel.BasicPublishAsync(QueueNames.Leases, "", mandatory: false, properties, MessageMutation.ToBytes(envelope), _stop.Token);
    }

    private Task OnReplyAsync(object sender, BasicDeliverEventArgs reply)
    {
        string? id = JsonNode.Parse(reply.Body.Span)?["requestId"]?.GetValue<string>();
        if (id is not null && _open.TryRemove(id, out long sentAt))
        {
            _replies.Enqueue(Stopwatch.GetElapsedTime(sentAt).TotalMilliseconds);
        }

        return Task.CompletedTask;
    }
}
