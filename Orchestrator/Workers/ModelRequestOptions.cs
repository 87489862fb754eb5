using Experiments.ServiceDefaults.Hosting;

namespace Experiments.Orchestrator.Workers;

/// <summary>The timeout of requests to workers; configuration section <c>ModelRequests</c>.</summary>
public sealed class ModelRequestOptions
{
    public const string Section = "ModelRequests";

    /// <summary>The number of seconds to wait for an answer.</summary>
    [SettingRange(Section, 0.05, 600)]
    public double AnswerSeconds { get; set; } = 20;
}
