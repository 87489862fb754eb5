using Experiments.Contracts.Api;
using MassTransit;

namespace Experiments.ServiceDefaults.Tests.Messaging;

/// <summary>
/// The names of messages on the wire: the namespace of a message's type is part of its URN and of the name of its exchange. A message that moved to
/// another namespace could neither be read by services of an earlier version nor find its queue.
/// </summary>
public sealed class MessageNameTests
{
    private static readonly string[] Runs =
        ["RunTicket", "ClaimRun", "RunClaimed", "ClaimRefused", "EpochFinished", "AttemptEnded", "StopAttempt", "RunLogWritten", "DescribeInput", "InputContent"];

    private static readonly string[] Workers =
    [
        "Heartbeat", "HeartbeatReply", "PredictImage", "DescribeModel", "ModelRequestRefused", "PreviewAugmentation", "AugmentationPreview", "PreviewRefused",
        "DescribeDataset", "SampleDataset", "DatasetSamples", "CheckDataset", "DatasetChecked", "DatasetRefused",
    ];

    /// <summary>Views of the API that workers send as answers.</summary>
    private static readonly string[] Answers = ["DatasetContentsView", "ModelSummary", "PredictionView"];

    [Fact]
    public void Urns_OfAllMessages_StayAsTheyAre()
    {
        IEnumerable<Type> messages = MessageSamples.All.Select(message => message.GetType()).Distinct()
            .Concat([typeof(DatasetContentsView), typeof(ModelSummary), typeof(PredictionView)]);

        Assert.Equal(
            Urns("Runs", Runs).Concat(Urns("Workers", Workers)).Concat(Urns("Api", Answers)).Order(StringComparer.Ordinal),
            messages.Select(message => MessageUrn.ForType(message).ToString()).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Urns(string folder, IEnumerable<string> names) => names.Select(name => $"urn:message:Experiments.Contracts.{folder}:{name}");
}
