using CertFunctions.Core;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.TestWorlds;

namespace CertFunctions.Functions.Tests.Http.Callers;

public sealed class WriteLimitTests
{
    private static readonly Caller Sue = new("sue", CallerRole.Superadmin, null);

    [Fact]
    public void Each_caller_has_so_many_writes_and_hears_when_to_come_again()
    {
        using var limit = new WriteLimit(TestSettings.Of(("Limits:WritesPerMinute", "100")));

        Assert.All(Enumerable.Range(0, 100), _ => Assert.Null(limit.Take(Sue)));
        Assert.InRange(limit.Take(Sue)!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        Assert.Null(limit.Take(Sue with { Name = "sam" }));
    }

    [Fact]
    public void Zero_switches_it_off()
    {
        using var limit = new WriteLimit(TestSettings.Of(("Limits:WritesPerMinute", "0")));

        Assert.All(Enumerable.Range(0, Limits.WritesPerMinute + 1), _ => Assert.Null(limit.Take(Sue)));
    }

    [Fact]
    public void It_is_off_in_development_unless_it_is_set()
    {
        Assert.Equal(0, WriteLimit.PerMinute(TestSettings.Of(("AZURE_FUNCTIONS_ENVIRONMENT", "Development"))));
        Assert.Equal(5, WriteLimit.PerMinute(TestSettings.Of(("AZURE_FUNCTIONS_ENVIRONMENT", "Development"), ("Limits:WritesPerMinute", "5"))));
        Assert.Equal(Limits.WritesPerMinute, WriteLimit.PerMinute(TestSettings.Of()));
    }
}
