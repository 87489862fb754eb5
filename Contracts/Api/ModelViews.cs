namespace Experiments.Contracts.Api;

/// <summary>One layer of a network.</summary>
/// <param name="Name">Its path in the state dict.</param>
/// <param name="Output">The shape of its output for one image, without the batch; null for a layer that only training uses.</param>
/// <param name="Parameters">Its own, without those of layers inside it.</param>
/// <param name="MultiplyAdds">For one image; null for a layer that only training uses.</param>
public sealed record LayerView(string Name, string Kind, IReadOnlyList<long>? Output, long Parameters, long? MultiplyAdds);

/// <summary>A network for a given number of classes and image size, layer by layer.</summary>
public sealed record ModelSummary
{
    /// <summary>A name from <see cref="Catalog.ModelCatalog"/>.</summary>
    public required string Name { get; init; }

    /// <summary>A sentence for users.</summary>
    public required string Description { get; init; }

    /// <summary>The number of outputs of the last layer.</summary>
    public required int Classes { get; init; }

    /// <summary>Pixels a side.</summary>
    public required int ImageSize { get; init; }

    /// <summary>True when the stem for images of about 32×32 pixels is used.</summary>
    public required bool SmallInput { get; init; }

    /// <summary>In the order in which an image goes through them.</summary>
    public required IReadOnlyList<LayerView> Layers { get; init; }

    /// <summary>Trainable parameters of all layers.</summary>
    public required long Parameters { get; init; }

    /// <summary>Parameters that stay trainable while the backbone is frozen.</summary>
    public required long HeadParameters { get; init; }

    /// <summary>Multiply-adds of convolutions and matrix products, for one image.</summary>
    public required long MultiplyAdds { get; init; }

    /// <summary>Bytes of the parameters in float32.</summary>
    public required long ParameterBytes { get; init; }

    /// <summary>Bytes of the outputs of all layers in float32 for one image: most of what training keeps for the gradients.</summary>
    public required long ActivationBytes { get; init; }
}
