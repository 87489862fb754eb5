using CsCheck;
using Experiments.Contracts.Sweeps;

namespace Experiments.Contracts.Tests.Sweeps;

public sealed class SweepSpecWriterTests
{
    [Fact]
    public void ToJson_AnySpec_IsReadBackEqual() =>
        SpecGenerator.Spec.Sample(spec =>
        {
            string written = SpecGenerator.Text(spec);
            return SpecGenerator.Text(SpecBuilder.Read(written)) == written;
        });

    [Fact]
    public void ToJson_AnySpecWithSpace_IsReadBackEqual() =>
        SpecGenerator.SpecWithSpace.Sample(spec =>
        {
            string written = SpecGenerator.Text(spec);
            return SpecGenerator.Text(SpecBuilder.Read(written)) == written;
        });

    [Fact]
    public void ToJson_Space_LeavesDefaultsOut() =>
        Assert.Equal(
            """{"name":"s","dataset":"digits","objective":{"metric":"validation/accuracy","goal":"maximize"},"space":{"momentum":{"min":0.1,"max":0.9},"dropout":[null,0.5]},"search":{"sampler":"random","runs":3}}""",
            SpecGenerator.Text(SpecBuilder.Read(SpecBuilder.With(
                """
                "space": { "momentum": { "min": 0.1, "max": 0.9, "scale": "linear", "step": null }, "dropout": [null, 0.5] }, "search": { "runs": 3, "seed": 0 }
                """))));

    [Fact]
    public void ToJson_DatasetWithOptions_KeepsThem()
    {
        SweepSpec spec = SpecBuilder.Read("""
            { "name": "s", "dataset": { "name": "imagefolder", "path": "/data/flowers", "validationFraction": 0.3, "limit": 50, "skipCorrupt": true } }
            """);

        Assert.Equal(spec.Dataset, SpecBuilder.Read(SpecGenerator.Text(spec)).Dataset);
    }

    [Fact]
    public void ToJson_Defaults_AreLeftOut() =>
        Assert.Equal(
            """{"name":"s","dataset":"digits","objective":{"metric":"validation/accuracy","goal":"maximize"}}""",
            SpecGenerator.Text(SpecBuilder.Read("""{ "name": "s", "dataset": "digits", "priority": 0, "reuse": true, "maxRuns": 100000 }""")));
}
