using Experiments.Dashboard.Components.Elements;

namespace Experiments.Dashboard.Tests.Elements;

public sealed class PageAddressTests
{
    private readonly LateNavigation _navigation = new("/sweeps/s1?sort=cell");
    private readonly PageAddress _address;

    public PageAddressTests()
    {
        _address = new PageAddress(_navigation);
        _address.Hear();
    }

    [Fact]
    public void Change_BeforeTheLastOneArrived_KeepsBoth()
    {
        _address.Change(("Runs", "r1"));
        _address.Change(("Sort", null), ("Log", true));

        _navigation.Arrive();
        _navigation.Arrive();

        Assert.Equal("/sweeps/s1?runs=r1&log=True", _navigation.PathAndQuery);
    }

    [Fact]
    public void Hear_OlderChoiceArrives_TheNewestStillCounts()
    {
        _address.Change(("runs", "r1"));
        _address.Change(("runs", "r1,r2"));

        _navigation.Arrive();
        _address.Hear();
        _address.Hear();

        Assert.EndsWith("runs=r1%2Cr2", _address.Chosen, StringComparison.Ordinal);
        _navigation.Arrive();
        _address.Hear();
        Assert.Null(_address.Chosen);
    }

    [Fact]
    public void Hear_BackAndForth_EndsWithTheLastChoice()
    {
        _address.Change(("log", true));
        _address.Change(("log", null));
        _address.Change(("log", true));

        for (int arrival = 0; arrival < 3; arrival++)
        {
            _navigation.Arrive();
            _address.Hear();
            Assert.True(_address.Chosen?.EndsWith("log=True", StringComparison.Ordinal) ?? arrival == 2);
        }

        Assert.Equal("/sweeps/s1?sort=cell&log=True", _navigation.PathAndQuery);
    }

    [Fact]
    public void Hear_BrowserWentElsewhere_ForgetsWhatWasChosen()
    {
        _address.Change(("runs", "r1"));

        _navigation.Leave("/sweeps/s1?sort=-cell");
        _address.Hear();

        Assert.Null(_address.Chosen);
    }
}
