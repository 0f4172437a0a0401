using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Audit;
using CertFunctions.Functions.Storage.Audit;
using CertFunctions.Testing;
using ETag = Azure.ETag;

namespace CertFunctions.Functions.Tests.Storage.Audit;

public sealed class AuditTrailTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Day = new(2026, 11, 24);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_day_without_entries_is_intact()
    {
        var table = await OwnTable.CreateAsync();

        Assert.Equal(new AuditVerdict(Day, 0, null, null, null), await VerifyAsync(table, Day));
        Assert.Empty((await ListAsync(table, All)).Items);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(70)]
    public async Task As_many_entries_as_are_added_at_once_are_there_once_and_intact(int count)
    {
        var table = await OwnTable.CreateAsync();
        var entries = Enumerable.Range(1, count).Select(Entry).ToList();
        using var ledger = LedgerOn(table);

        await Task.WhenAll(entries.Concat(entries).Select(entry => ledger.AddAsync(entry, Cancellation)));

        var verdict = await VerifyAsync(table, Day);
        Assert.Equal((true, count), (verdict.Intact, verdict.Entries));
        Assert.Equal(count, (await ListAsync(table, All)).Items.Select(SubjectOf).Distinct().Count());
    }

    [Fact]
    public async Task Two_instances_add_to_one_day_without_a_gap_and_without_a_double()
    {
        var table = await OwnTable.CreateAsync();
        using var one = LedgerOn(table);
        using var other = LedgerOn(table);
        var entries = Enumerable.Range(1, 60).Select(Entry).ToList();

        await Task.WhenAll(
            entries.Take(40).Select(entry => one.AddAsync(entry, Cancellation)).Concat(entries.Skip(20).Select(entry => other.AddAsync(entry, Cancellation))));

        var verdict = await VerifyAsync(table, Day);
        Assert.Equal((null, 60), (verdict.Detail, verdict.Entries));
    }

    [Fact]
    public async Task An_entry_that_another_instance_has_recorded_is_not_recorded_again_with_those_that_come_with_it()
    {
        var table = await OwnTable.CreateAsync();
        using var one = LedgerOn(table);
        using var other = LedgerOn(table);
        await one.AddAsync(Entry(1), Cancellation);
        await other.AddAsync(Entry(2), Cancellation);

        await Task.WhenAll(Enumerable.Range(1, 5).Select(number => one.AddAsync(Entry(number), Cancellation)));

        Assert.Equal((null, 5), await VerifyAsync(table, Day) is var verdict ? (verdict.Detail, verdict.Entries) : default);
    }

    [Fact]
    public async Task An_entry_that_waits_twice_at_once_is_recorded_once_and_keeps_no_other_from_being_recorded()
    {
        var table = await OwnTable.CreateAsync();
        using var ledger = LedgerOn(table);

        await Task.WhenAll(Enumerable.Range(1, 3).Append(3).Select(number => ledger.AddAsync(Entry(number), Cancellation)));

        Assert.Equal((null, 3), await VerifyAsync(table, Day) is var verdict ? (verdict.Detail, verdict.Entries) : default);
    }

    [Theory]
    [InlineData("altered", 3, "2026-11-24-000003")]
    [InlineData("altered and hashed again", 3, "2026-11-24-000003")]
    [InlineData("removed", 1, "2026-11-24-000001")]
    [InlineData("removed", 3, "2026-11-24-000003")]
    [InlineData("removed", 6, "2026-11-24-000006")]
    [InlineData("moved", 2, "2026-11-24-000002")]
    [InlineData("inserted", 7, "2026-11-24-000007")]
    [InlineData("copied", 4, "2026-11-24-000009")]
    [InlineData("without its end", 0, "2026-11-24-000001")]
    [InlineData("cut", 5, "2026-11-24-000006")]
    [InlineData("chained to another day", 0, "2026-11-24-000001")]
    [InlineData("without a row of its index", 2, "2026-11-24-000001")]
    public async Task What_somebody_does_to_the_entries_is_found_and_the_first_is_named(string attack, int number, string firstBroken)
    {
        var table = await OwnTable.CreateAsync();
        await FillAsync(table, 6);
        Assert.True((await VerifyAsync(table, Day)).Intact);

        await AttackAsync(table, attack, number);

        var verdict = await VerifyAsync(table, Day);
        Assert.Equal((false, firstBroken), (verdict.Intact, verdict.FirstBroken));
        Assert.NotNull(verdict.Detail);
    }

    [Fact]
    public async Task A_day_is_intact_while_others_add_to_it()
    {
        var table = await OwnTable.CreateAsync();
        using var ledger = LedgerOn(table);
        var adding = Parallel.ForEachAsync(Enumerable.Range(1, 150), Cancellation, async (number, token) => await ledger.AddAsync(Entry(number), token));
        var verdicts = new List<AuditVerdict>();
        while (!adding.IsCompleted)
        {
            verdicts.Add(await VerifyAsync(table, Day));
        }

        await adding;
        Assert.NotEmpty(verdicts);
        Assert.All(verdicts, verdict => Assert.Null(verdict.Detail));
        Assert.Equal(150, (await VerifyAsync(table, Day)).Entries);
    }

    [Theory]
    [InlineData("all")]
    [InlineData("the last with the end of the chain put back")]
    public async Task A_day_that_was_cut_short_is_found_by_the_day_after_it(string attack)
    {
        var table = await OwnTable.CreateAsync();
        await FillAsync(table, 3);
        using (var ledger = LedgerOn(table))
        {
            await ledger.AddAsync(AuditContent.Of(EntryAt(Noon.AddDays(1), "users/next")), Cancellation);
        }

        if (attack == "all")
        {
            await foreach (var row in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {AuditKeys.Partition(Day)}"), cancellationToken: Cancellation))
            {
                await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, Cancellation);
            }
        }
        else
        {
            await CutAsync(table, 2);
        }

        Assert.False((await VerifyAsync(table, Day)).Intact);
        Assert.True((await VerifyAsync(table, Day.AddDays(1))).Intact);
    }

    [Fact]
    public async Task Entries_are_listed_newest_first_over_all_days_and_pages()
    {
        var table = await OwnTable.CreateAsync();
        using var ledger = LedgerOn(table);
        for (var day = 0; day < 40; day++)
        {
            await ledger.AddAsync(AuditContent.Of(EntryAt(Noon.AddDays(3 * day), $"users/u-{day:d2}")), Cancellation);
        }

        var walked = new List<string>();
        for (PageRequest? page = new(7, null); page is not null;)
        {
            var found = await ListAsync(table, All, page);
            Assert.InRange(found.Items.Count, 0, 7);
            walked.AddRange(found.Items.Select(SubjectOf));
            page = found.Next is null ? null : page with { After = found.Next };
        }

        Assert.Equal(Enumerable.Range(0, 40).Reverse().Select(day => $"users/u-{day:d2}"), walked);
        var some = await ListAsync(table, All with { From = Day.AddDays(3), To = Day.AddDays(8) });
        Assert.Equal(["users/u-02", "users/u-01"], some.Items.Select(SubjectOf));
    }

    [Fact]
    public async Task Entries_are_found_by_their_subject_their_actor_and_both()
    {
        var table = await OwnTable.CreateAsync();
        using var ledger = LedgerOn(table);
        foreach (var (actor, subject) in new[] { ("ada", "users/a"), ("bob", "users/a"), ("ada", "users/A"), ("ada", "users/b"), ("ada", "users/a") })
        {
            await ledger.AddAsync(AuditContent.Of(EntryAt(Noon, subject) with { By = new Actor(actor, Via.Api) }), Cancellation);
        }

        Assert.Equal(3, (await ListAsync(table, All with { Subject = "users/a" })).Items.Count);
        Assert.Equal(4, (await ListAsync(table, All with { Actor = "ada" })).Items.Count);
        Assert.Equal(2, (await ListAsync(table, All with { Actor = "ada", Subject = "users/a" })).Items.Count);
        Assert.Empty((await ListAsync(table, All with { Subject = "users" })).Items);
    }

    [Fact]
    public async Task An_entry_belongs_to_the_day_of_the_organisation()
    {
        var table = await OwnTable.CreateAsync();
        using var ledger = new AuditLedger(table, new OrganisationClock(TimeProvider.System, TimeZoneInfo.FindSystemTimeZoneById("Pacific/Auckland")));

        await ledger.AddAsync(AuditContent.Of(EntryAt(Noon, "users/a")), Cancellation);

        Assert.Equal("2026-11-25-000001", Assert.Single((await ListAsync(table, All)).Items).Id);
    }

    [Fact]
    public async Task An_entry_of_the_largest_things_there_are_fits()
    {
        var table = await OwnTable.CreateAsync();
        using var ledger = LedgerOn(table);
        var large = Sample.Certification("A") with { Description = new string('é', Limits.DescriptionLength) };
        var entries = Enumerable.Range(1, 40).Select(number => AuditContent.Of(EntryAt(Noon, $"certifications/{number}") with { Before = large, After = large })).ToList();

        await Task.WhenAll(entries.Select(entry => ledger.AddAsync(entry, Cancellation)));

        Assert.Equal((null, 40), await VerifyAsync(table, Day) is var verdict ? (verdict.Detail, verdict.Entries) : default);
    }

    private static AuditFilter All => new(null, null, null, null);

    private static AuditLedger LedgerOn(TableClient table) => new(table, new OrganisationClock(TimeProvider.System, TimeZoneInfo.Utc));

    /// <summary>The same for the same number.</summary>
    private static AuditContent Entry(int number) =>
        AuditContent.Of(EntryAt(Noon.AddSeconds(number), $"users/u-{number}") with { Id = $"{NewestFirst.CountdownOf(Noon)}{number:d20}" });

    private static AuditEntry EntryAt(DateTimeOffset at, string subject) =>
        AuditEntry.Of(By.Hand, at, "user.edited", subject, null, Sample.User("u-1"))!;

    private static string SubjectOf(RecordedEntry entry) => entry.Content.GetProperty("subject").GetString()!;

    private static Task<AuditVerdict> VerifyAsync(TableClient table, DateOnly day) => new TableAuditTrail(table).VerifyAsync(day, Cancellation);

    private static Task<Page<RecordedEntry>> ListAsync(TableClient table, AuditFilter filter, PageRequest? page = null) =>
        new TableAuditTrail(table).ListAsync(filter, page ?? new PageRequest(Limits.PageSize, null), Cancellation);

    private static async Task FillAsync(TableClient table, int count)
    {
        using var ledger = LedgerOn(table);
        for (var number = 1; number <= count; number++)
        {
            await ledger.AddAsync(Entry(number), Cancellation);
        }
    }

    private static async Task<TableEntity> RowAsync(TableClient table, string rowKey) =>
        (await table.GetEntityAsync<TableEntity>(AuditKeys.Partition(Day), rowKey, cancellationToken: Cancellation)).Value;

    private static async Task AttackAsync(TableClient table, string attack, int number)
    {
        switch (attack)
        {
            case "altered":
                await AlterAsync(table, number, _ => { });
                break;
            case "altered and hashed again":
                await AlterAsync(table, number, row => row["hash"] = AuditHash.Of(row.GetBinary("previous"), number, PropertyOf(row)));
                break;
            case "removed":
                await table.DeleteEntityAsync(AuditKeys.Partition(Day), AuditKeys.OfEntry(number), ETag.All, Cancellation);
                break;
            case "moved":
                var (one, other) = (await RowAsync(table, AuditKeys.OfEntry(number)), await RowAsync(table, AuditKeys.OfEntry(number + 2)));
                await PutAsync(table, one, AuditKeys.OfEntry(number + 2), number + 2);
                await PutAsync(table, other, AuditKeys.OfEntry(number), number);
                break;
            case "inserted":
                await PutAsync(table, await RowAsync(table, AuditKeys.OfEntry(1)), AuditKeys.OfEntry(number), number);
                break;
            case "copied":
                await PutAsync(table, await RowAsync(table, AuditKeys.OfEntry(number)), AuditKeys.OfEntry(9), 9);
                break;
            case "without its end":
                await table.DeleteEntityAsync(AuditKeys.Partition(Day), AuditKeys.Head, ETag.All, Cancellation);
                break;
            case "cut":
                var head = await RowAsync(table, AuditKeys.Head);
                head["count"] = (long)number;
                await table.UpdateEntityAsync(head, ETag.All, TableUpdateMode.Replace, Cancellation);
                break;
            case "chained to another day":
                var began = await RowAsync(table, AuditKeys.Head);
                (began["beforeDay"], began["beforeCount"], began["beforeHash"]) = ("2026-11-23", 1L, new byte[32]);
                await table.UpdateEntityAsync(began, ETag.All, TableUpdateMode.Replace, Cancellation);
                break;
            case "without a row of its index":
                await table.DeleteEntityAsync(AuditKeys.Partition(Day), Entry(number).SubjectKey, ETag.All, Cancellation);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(attack), attack, null);
        }
    }

    private static byte[] PropertyOf(TableEntity row) => row.GetBinary("content0");

    private static async Task AlterAsync(TableClient table, int number, Action<TableEntity> cover)
    {
        var row = await RowAsync(table, AuditKeys.OfEntry(number));
        row["content0"] = PropertyOf(row).Select(octet => octet == (byte)'t' ? (byte)'T' : octet).ToArray();
        cover(row);
        await table.UpdateEntityAsync(row, ETag.All, TableUpdateMode.Replace, Cancellation);
    }

    private static async Task PutAsync(TableClient table, TableEntity row, string rowKey, long number)
    {
        var moved = new TableEntity(row) { RowKey = rowKey, [AuditRow.Number] = number };
        await table.UpsertEntityAsync(moved, TableUpdateMode.Replace, Cancellation);
    }

    /// <summary>As if the day had ended there: the best that somebody can do who can write into the storage.</summary>
    private static async Task CutAsync(TableClient table, int count)
    {
        var last = await RowAsync(table, AuditKeys.OfEntry(count + 1));
        foreach (var rowKey in new[] { last.RowKey, last.GetString("subjectKey"), last.GetString("actorKey") })
        {
            await table.DeleteEntityAsync(last.PartitionKey, rowKey, ETag.All, Cancellation);
        }

        var head = await RowAsync(table, AuditKeys.Head);
        (head["count"], head["hash"]) = ((long)count, last.GetBinary("previous"));
        await table.UpdateEntityAsync(head, ETag.All, TableUpdateMode.Replace, Cancellation);
    }
}
