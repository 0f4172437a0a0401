using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Certifications;
using CertFunctions.Functions.Storage.Certifications;
using CertFunctions.Testing;
using CertFunctions.Testing.Fakes;
using CertFunctions.TestWorlds.Storage;

namespace CertFunctions.Functions.Tests.Storage.Certifications;

/// <summary>What every store of certifications promises.</summary>
public abstract class CertificationStoreContract
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract Task<ICertificationStore> StoreAsync();

    /// <summary>Another process on the same storage.</summary>
    protected abstract ICertificationStore SecondOf(ICertificationStore store);

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
        Assert.True(await store.TryAddAsync(certification, null, Cancellation));

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
        await store.TryAddAsync(certification, null, Cancellation);

        Assert.True((await store.FindAsync(certification.Code, Cancellation))!.Certification.SaysTheSameAs(certification));
    }

    [Fact]
    public async Task Refuses_a_second_of_one_code_and_a_stale_revision()
    {
        var store = await StoreAsync();
        var certification = Sample.Certification("fire");
        await store.TryAddAsync(certification, null, Cancellation);
        var read = await store.FindAsync(certification.Code, Cancellation);

        Assert.False(await store.TryAddAsync(Sample.Certification("FIRE"), null, Cancellation));
        Assert.True(await store.TryReplaceAsync(certification with { Version = 2 }, read!.Revision, null, Cancellation));
        Assert.False(await store.TryReplaceAsync(certification with { Version = 3 }, read.Revision, null, Cancellation));
    }

    [Fact]
    public async Task Finds_the_active_ones_that_list_an_activity_in_the_order_of_codes()
    {
        var store = await StoreAsync();
        Activity fire = new(ActivityType.Course, Sample.Id("C-1")), plan = new(ActivityType.LearningPlan, Sample.Id("C-1"));
        Assert.Empty(await store.FindListingAsync(fire, Cancellation));
        await store.TryAddAsync(Sample.Certification("B") with { Activities = [plan, fire, fire] }, null, Cancellation);
        await store.TryAddAsync(Sample.Certification("a") with { Activities = [fire] }, null, Cancellation);
        await store.TryAddAsync(Sample.Certification("c") with { Activities = [fire], Status = CertificationStatus.Archived }, null, Cancellation);
        await store.TryAddAsync(Sample.Certification("d"), null, Cancellation);

        Assert.Equal(["a", "B"], await ListingAsync(store, fire));
        Assert.Equal(["B"], await ListingAsync(store, plan));
        Assert.Empty(await ListingAsync(store, new Activity(ActivityType.Course, Sample.Id("c-1"))));
    }

    [Fact]
    public async Task Whatever_any_process_changes_counts_for_the_next_activity()
    {
        var store = await StoreAsync();
        var second = SecondOf(store);
        Activity fire = new(ActivityType.Course, Sample.Id("C-1")), first = new(ActivityType.Course, Sample.Id("C-2"));
        var certification = Sample.Certification("a") with { Activities = [fire] };
        Assert.Empty(await ListingAsync(store, fire));

        await second.TryAddAsync(certification, null, Cancellation);
        Assert.Equal(["a"], await ListingAsync(store, fire));

        await ReplaceAsync(store, certification with { Activities = [first], Version = 2 });
        Assert.Empty(await ListingAsync(second, fire));
        Assert.Equal(["a"], await ListingAsync(second, first));

        await ReplaceAsync(second, certification with { Activities = [first], Status = CertificationStatus.Archived, Version = 3 });
        Assert.Empty(await ListingAsync(store, first));

        await ReplaceAsync(second, certification with { Activities = [first], Title = "Latest", Version = 4 });
        Assert.Equal("Latest", Assert.Single(await store.FindListingAsync(first, Cancellation)).Title);
    }

    [Fact]
    public async Task A_refused_write_changes_nothing_of_what_lists_an_activity()
    {
        var store = await StoreAsync();
        var fire = new Activity(ActivityType.Course, Sample.Id("C-1"));
        var certification = Sample.Certification("a") with { Activities = [fire] };
        await store.TryAddAsync(certification, null, Cancellation);

        Assert.False(await store.TryAddAsync(certification with { Activities = [] }, null, Cancellation));
        Assert.Equal(["a"], await ListingAsync(store, fire));
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
        await store.TryAddAsync(Sample.Certification("b1", "First-AID"), null, Cancellation);
        await store.TryAddAsync(Sample.Certification("a2", "Forklift") with { Status = CertificationStatus.Archived }, null, Cancellation);
        await store.TryAddAsync(Sample.Certification("a1", "Fire warden"), null, Cancellation);

        foreach (var limit in new[] { 1, 2, 200 })
        {
            var found = await Walk.AllAsync(limit, page => store.ListAsync(search, status, page, Cancellation));
            Assert.Equal(expected, string.Join(',', found.Select(c => c.Code.Value)));
        }
    }

    private static async Task<string[]> ListingAsync(ICertificationStore store, Activity activity) =>
        [.. (await store.FindListingAsync(activity, Cancellation)).Select(c => c.Code.Value)];

    private static async Task ReplaceAsync(ICertificationStore store, Certification next) =>
        Assert.True(await store.TryReplaceAsync(next, (await store.FindAsync(next.Code, Cancellation))!.Revision, null, Cancellation));
}

public sealed class FakeCertificationStoreTests : CertificationStoreContract
{
    protected override Task<ICertificationStore> StoreAsync() => Task.FromResult<ICertificationStore>(new FakeCertificationStore());

    protected override ICertificationStore SecondOf(ICertificationStore store) => store;
}

public sealed class TableCertificationStoreTests : CertificationStoreContract
{
    private TableClient? table;

    [Fact]
    public async Task Which_list_an_activity_costs_one_read_as_long_as_none_has_changed()
    {
        var requests = new RequestCounter();
        var name = (await OwnTable.CreateAsync()).Name;
        var counted = (await Emulator.ClientsAsync(requests.AddTo)).Table(name);
        var store = new TableCertificationStore(counted, TestAudit.OutboxOn(counted));
        var fire = new Activity(ActivityType.Course, Sample.Id("C-1"));
        await store.TryAddAsync(Sample.Certification("a") with { Activities = [fire] }, null, TestContext.Current.CancellationToken);

        Assert.Equal(3, await requests.CountAsync(() => store.FindListingAsync(fire, TestContext.Current.CancellationToken)));
        Assert.Equal(1, await requests.CountAsync(() => store.FindListingAsync(fire, TestContext.Current.CancellationToken)));
        Assert.Equal(1, await requests.CountAsync(() => store.TryAddAsync(Sample.Certification("b"), null, TestContext.Current.CancellationToken)));
        Assert.Equal(3, await requests.CountAsync(() => store.FindListingAsync(fire, TestContext.Current.CancellationToken)));
    }

    protected override async Task<ICertificationStore> StoreAsync()
    {
        table = await OwnTable.CreateAsync();
        return new TableCertificationStore(table, TestAudit.OutboxOn(table));
    }

    protected override ICertificationStore SecondOf(ICertificationStore store) => new TableCertificationStore(table!, TestAudit.OutboxOn(table!));
}
