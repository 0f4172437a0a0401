using CertFunctions.Core.Certifications;
using CertFunctions.Testing;
using CertFunctions.Testing.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace CertFunctions.Core.Tests.Certifications;

public sealed class CertificationCatalogTests
{
    private readonly FakeTimeProvider time = new(Sample.Now);
    private readonly FakeCertificationStore store = new();
    private readonly CertificationCatalog catalog;

    public CertificationCatalogTests()
    {
        catalog = new CertificationCatalog(store, time);
        store.Add(Sample.Certification("fire", "old"));
    }

    [Fact]
    public async Task Reads_once_until_what_it_knows_is_too_old()
    {
        await TitleAsync();
        store.Add(Sample.Certification("fire", "new"));

        time.Advance(CertificationCatalog.Age - TimeSpan.FromTicks(1));
        Assert.Equal("old", await TitleAsync());
        time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal("new", await TitleAsync());
        Assert.Equal(2, store.Reads);
    }

    [Fact]
    public async Task Forgets_what_was_written_here()
    {
        await TitleAsync();
        store.Add(Sample.Certification("fire", "new"));
        catalog.Forget(CertificationCode.Parse("FIRE"));

        Assert.Equal("new", await TitleAsync());
    }

    [Fact]
    public async Task Leaves_out_those_that_do_not_exist()
    {
        CertificationCode[] codes = [CertificationCode.Parse("none"), CertificationCode.Parse("Fire"), CertificationCode.Parse("fire")];

        Assert.Single(await catalog.GetManyAsync(codes, TestContext.Current.CancellationToken));
    }

    private async Task<string> TitleAsync()
    {
        var code = CertificationCode.Parse("fire");
        return (await catalog.GetManyAsync([code], TestContext.Current.CancellationToken))[code].Title;
    }
}
