using MassTransit;

namespace Experiments.ServiceDefaults.Messaging;

/// <summary>The answer to a request: one of two messages.</summary>
/// <typeparam name="T">The message with the requested content.</typeparam>
/// <typeparam name="TRefused">The message that says why there is no such answer.</typeparam>
public sealed class Answer<T, TRefused>
    where T : class
    where TRefused : class
{
    private Answer(T? given, TRefused? refused) => (Given, Refused) = (given, refused);

    /// <summary>The requested content; null if it was refused.</summary>
    public T? Given { get; }

    /// <summary>Why it was refused; null if it was not.</summary>
    public TRefused? Refused { get; }

    /// <summary>The content or the refusal, whichever is set.</summary>
    public object Message => (object?)Given ?? Refused!;

    /// <summary>Answers the request that is being consumed.</summary>
    public Task RespondAsync(ConsumeContext context) => Given is { } given ? context.RespondAsync(given) : context.RespondAsync(Refused!);

    /// <summary>The requested content.</summary>
    public static implicit operator Answer<T, TRefused>(T given) => new(given, null);

    /// <summary>A refusal.</summary>
    public static implicit operator Answer<T, TRefused>(TRefused refused) => new(null, refused);
}
