using CertFunctions.Core;
using CertFunctions.Core.Certifications;
using CertFunctions.Functions.Storage.Certifications;
using CertFunctions.Testing;
using CertFunctions.Testing.Fakes;

namespace CertFunctions.Functions.Tests.Storage.Certifications;

/// <summary>What every store of certifications promises.</summary>
public abstract class CertificationStoreContract
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract Task<ICertificationStore> StoreAsync();

    [Fact]
    public async Task Finds_one_whatever_the_case_of_its_code_as_it_was_written()
    {
        var store = await StoreAsync();
        Assert.True(Validity.TryCreate(24, ValidityUnit.Months, out var validity));
        var certification = Sample.Certification("Fire-1") with
        {
            Description = "first\nsecond",
            Validity = validity,
            RenewalWindowDays = 90,
            Renewal = RenewalRule.FromExpiry,
            Activities = [new(ActivityType.Course, Sample.Id("C-1")), new(ActivityType.ExternalTraining, Sample.Id("E@1"))],
            Status = CertificationStatus.Archived,
        };
        Assert.True(await store.TryAddAsync(certification, Cancellation));

        var found = await store.FindAsync(CertificationCode.Parse("FIRE-1"), Cancellation);

        Assert.True(found!.Certification.SaysTheSameAs(certification));
        Assert.Equal("Fire-1", found.Certification.Code.Value);
    }

    [Fact]
    public async Task Keeps_the_largest_definition_there_can_be()
    {
        var store = await StoreAsync();
        var certification = Sample.Certification(new string('c', CertificationCode.MaxLength), new string('\u00E4', Limits.TitleLength)) with
        {
            Description = string.Concat(Enumerable.Repeat("\U0001F600", Limits.DescriptionLength)),
            Activities = [.. Enumerable.Range(0, Limits.CertificationActivities)
                .Select(i => new Activity(ActivityType.ExternalTraining, Sample.Id($"{i}".PadLeft(LmsId.MaxLength, 'x'))))],
        };
        await store.TryAddAsync(certification, Cancellation);

        Assert.True((await store.FindAsync(certification.Code, Cancellation))!.Certification.SaysTheSameAs(certification));
    }

    [Fact]
    public async Task Refuses_a_second_of_one_code_and_a_stale_revision()
    {
        var store = await StoreAsync();
        var certification = Sample.Certification("fire");
        await store.TryAddAsync(certification, Cancellation);
        var read = await store.FindAsync(certification.Code, Cancellation);

        Assert.False(await store.TryAddAsync(Sample.Certification("FIRE"), Cancellation));
        Assert.True(await store.TryReplaceAsync(certification with { Version = 2 }, read!.Revision, Cancellation));
        Assert.False(await store.TryReplaceAsync(certification with { Version = 3 }, read.Revision, Cancellation));
    }

    [Theory]
    [InlineData(null, null, "a1,a2,b1")]
    [InlineData(null, CertificationStatus.Archived, "a2")]
    [InlineData("A", CertificationStatus.Active, "a1,b1")]
    [InlineData("aid", null, "b1")]
    [InlineData("ward", null, "a1")]
    [InlineData("arden", null, "")]
    public async Task Lists_by_the_beginning_of_a_code_or_of_a_word_of_a_title(string? search, CertificationStatus? status, string expected)
    {
        var store = await StoreAsync();
        await store.TryAddAsync(Sample.Certification("b1", "First-AID"), Cancellation);
        await store.TryAddAsync(Sample.Certification("a2", "Forklift") with { Status = CertificationStatus.Archived }, Cancellation);
        await store.TryAddAsync(Sample.Certification("a1", "Fire warden"), Cancellation);

        foreach (var limit in new[] { 1, 2, 200 })
        {
            var found = await Walk.AllAsync(limit, page => store.ListAsync(search, status, page, Cancellation));
            Assert.Equal(expected, string.Join(',', found.Select(c => c.Code.Value)));
        }
    }
}

public sealed class FakeCertificationStoreTests : CertificationStoreContract
{
    protected override Task<ICertificationStore> StoreAsync() => Task.FromResult<ICertificationStore>(new FakeCertificationStore());
}

public sealed class TableCertificationStoreTests : CertificationStoreContract
{
    protected override async Task<ICertificationStore> StoreAsync() => new TableCertificationStore(await OwnTable.CreateAsync());
}
