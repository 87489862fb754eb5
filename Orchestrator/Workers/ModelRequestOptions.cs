using Experiments.ServiceDefaults;

namespace Experiments.Orchestrator.Workers;

/// <summary>How long a question to the workers may take; configuration section <c>ModelRequests</c>.</summary>
public sealed class ModelRequestOptions
{
    public const string Section = "ModelRequests";

    /// <summary>After so many seconds without an answer nobody is expected to answer any more.</summary>
    [SettingRange(Section, 0.05, 600)]
    public double AnswerSeconds { get; set; } = 20;
}
