using Experiments.GpuWorker.Training.Pretrained.Names;

namespace Experiments.GpuWorker.Tests.Training.Pretrained.Names;

public sealed class StoredNamesTests
{
    [Theory]
    [InlineData("features.denseblock1.denselayer1.norm.1.weight", "features.denseblock1.denselayer1.norm1.weight")]
    [InlineData("features.denseblock4.denselayer16.norm.2.running_var", "features.denseblock4.denselayer16.norm2.running_var")]
    [InlineData("features.denseblock1.denselayer1.conv.2.weight", "features.denseblock1.denselayer1.conv2.weight")]
    [InlineData("encoder.layers.encoder_layer_3.mlp.linear_1.weight", "encoder.layers.encoder_layer_3.mlp.0.weight")]
    [InlineData("encoder.layers.encoder_layer_11.mlp.linear_2.bias", "encoder.layers.encoder_layer_11.mlp.3.bias")]
    [InlineData("cls_token", "class_token")]
    [InlineData("pos_embed", "encoder.pos_embedding")]
    [InlineData("patch_embed.proj.weight", "conv_proj.weight")]
    [InlineData("blocks.3.norm1.weight", "encoder.layers.encoder_layer_3.ln_1.weight")]
    [InlineData("blocks.10.attn.qkv.weight", "encoder.layers.encoder_layer_10.self_attention.in_proj_weight")]
    [InlineData("blocks.0.attn.qkv.bias", "encoder.layers.encoder_layer_0.self_attention.in_proj_bias")]
    [InlineData("blocks.0.attn.proj.weight", "encoder.layers.encoder_layer_0.self_attention.out_proj.weight")]
    [InlineData("blocks.0.norm2.bias", "encoder.layers.encoder_layer_0.ln_2.bias")]
    [InlineData("blocks.0.mlp.fc1.weight", "encoder.layers.encoder_layer_0.mlp.0.weight")]
    [InlineData("blocks.0.mlp.fc2.bias", "encoder.layers.encoder_layer_0.mlp.3.bias")]
    [InlineData("norm.weight", "encoder.ln.weight")]
    [InlineData("head.bias", "heads.head.bias")]
    public void MatchByPrefix_AnotherNameOfATensor_IsFound(string stored, string wanted)
    {
        Assert.Equal(stored, Match("", [stored], wanted)[wanted]);
        Assert.Equal("module." + stored, Match("module.", ["module." + stored], wanted)[wanted]);
    }

    [Fact]
    public void MatchByPrefix_NameThatTheModelHasItself_IsNotTranslated()
    {
        // These are the names in timm's own models.
        IReadOnlyDictionary<string, string> names = Match("", ["norm.weight", "cls_token"], "norm.weight", "encoder.ln.weight", "cls_token");

        Assert.Equal(["norm.weight", "cls_token"], names.Keys);
    }

    [Fact]
    public void MatchByPrefix_NameOfVeryManyParts_IsLookedAtSoFarOnly()
    {
        string name = string.Concat(Enumerable.Repeat("a.", 10_000)) + "weight";

        Assert.Empty(StoredNames.MatchByPrefix([name], new HashSet<string> { "weight" }));
    }

    private static IReadOnlyDictionary<string, string> Match(string prefix, string[] stored, params string[] wanted) =>
        StoredNames.MatchByPrefix(stored, wanted.ToHashSet())[prefix];
}
