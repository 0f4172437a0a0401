using System.Globalization;
using System.Text;
using CertFunctions.Core.Awarding;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Ingestion;
using CertFunctions.Core.Ingestion.Csv;
using CertFunctions.Core.Ingestion.Rows;
using CertFunctions.Core.Jobs;
using CertFunctions.Testing;

namespace CertFunctions.Core.Tests.Ingestion.Rows;

public sealed class CsvTaskReaderTests
{
    private const string Header = "username,certification_code,certification_issue_date,always_valid,type";
    private const string Row = "ada,FIRE-1,2026-11-02,1,manual";

    private readonly FileReading reading = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_task_says_all_that_its_row_says()
    {
        var tasks = await ReadAsync(
            "username,certification_code,certification_issue_date,certification_expire_date,always_valid,type,external_training_id,reason",
            "ADA,fire-1,2026-11-02,2028-11-02,0,external_training,EXT-9,audit");

        var order = new AwardOrder(
            new(2026, 11, 2),
            new(2028, 11, 2),
            new(AssociationType.ExternalTraining, ActivityId: Sample.Id("EXT-9"), ActivityTitle: "First aid"),
            OnExisting.KeepNewest,
            "audit");
        Assert.Equal(
            new AwardTask(Sample.Certification("FIRE-1").Code, order) { UserId = Sample.Id("u-1"), Username = "ADA", Line = 2 }, Assert.Single(tasks));
        Assert.Equal("FIRE-1", ((AwardTask)tasks[0]).Code.Value);
    }

    [Theory]
    [InlineData(Limits.CsvRowsPerChunk - 1, 1)]
    [InlineData(Limits.CsvRowsPerChunk, 2)]
    [InlineData(Limits.CsvRowsPerChunk + 1, 2)]
    public async Task No_more_rows_are_read_at_once_than_the_limit_says_however_short_they_are(int rows, int chunks)
    {
        var file = Encoding.UTF8.GetBytes(Header + "\n" + string.Concat(Enumerable.Repeat("x,F,1,1,m\n", rows)));
        var format = FileReading.FormatOf(file);
        var reader = reading.Readers.Open(ImportKind.Awards, format);
        var (tasks, count, from, at) = (0, 0, format.RowsStart, format.Start);
        for (var isLast = false; !isLast; count++)
        {
            var chunk = await reader.ReadAsync(file.AsMemory(from), at, isLast: true, Cancellation);
            Assert.InRange(chunk.Tasks.Count, 0, Limits.CsvRowsPerChunk);
            (tasks, from, at, isLast) = (tasks + chunk.Tasks.Count, from + chunk.BytesRead, chunk.Next, chunk.IsLast);
        }

        Assert.Equal((rows, chunks, file.Length), (tasks, count, from));
    }

    [Fact]
    public async Task What_is_wrong_before_the_user_is_looked_at_names_no_user()
    {
        var tasks = await ReadAsync(Header, "ada,NO-SUCH,2026-11-02,1,manual", "nobody,FIRE-1,x,1,manual", "ada,FIRE-1,x,1,manual", Row, Row);

        Assert.Equal([null, null, Sample.Id("u-1"), Sample.Id("u-1"), Sample.Id("u-1")], tasks.Select(task => task.UserId));
        Assert.Equal(["ada", "nobody", "ada", "ada", "ada"], tasks.Select(task => task.Username));
    }

    [Fact]
    public async Task The_second_of_two_rows_names_the_line_of_the_first() => Assert.Equal(
        "Line 3 has the same user and certification.",
        Assert.IsType<DecidedTask>((await ReadAsync(Header, "ada,FIRE-1,x,1,manual", Row, Row.ToUpperInvariant()))[^1]).Detail);

    [Fact]
    public async Task A_row_that_is_not_well_formed_is_nobodys_first()
    {
        var tasks = await ReadAsync(Header, "ada,FIRE-1,x,1,manual", Row);

        Assert.IsType<AwardTask>(tasks[^1]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(101)]
    public async Task Reads_so_many_rows(int rows)
    {
        AddUsers(rows);

        var tasks = await ReadAsync([Header, .. Rows(rows)]);

        Assert.Equal(Enumerable.Range(2, rows), tasks.OfType<AwardTask>().Select(task => task.Line!.Value));
    }

    [Theory]
    [InlineData("a\uFFFEb")]
    [InlineData("a\uFFFFb")]
    [InlineData("\U0010FFFF")]
    [InlineData("\u0130\u0301")]
    public async Task Nobody_has_a_username_of_strange_characters(string username) => Assert.Equal(
        "user_not_found", Assert.IsType<DecidedTask>(Assert.Single(await ReadAsync(Header, $"{username},FIRE-1,2026-11-02,1,manual"))).Code);

    [Fact]
    public async Task What_nobody_sees_at_the_ends_of_a_cell_is_not_read()
    {
        Assert.IsType<AwardTask>(Assert.Single(await ReadAsync(
            Header, "\u00A0ADA\u200B,\uFEFFFIRE-1\u00A0,2026-11-02\u00A0,\u200B1,\"\u00A0manual \"")));
        var user = Assert.IsType<UserTask>(Assert.Single(await reading.ReadAsync(Encoding.UTF8.GetBytes(
            "user_id\u00A0,username,first_name,last_name\n\u00A0u-9,\u00A0nina\u200B,Nina\u00A0Maria\u00A0,\u2003Simone"), ImportKind.Users)));
        var edit = user.EditOf(null);

        Assert.Equal((Sample.Id("u-9"), "nina", "Nina\u00A0Maria", "Simone"), (user.UserId, edit.Username, edit.FirstName, edit.LastName));
    }

    [Theory]
    [InlineData(ImportKind.Users, "user_id,username,first_name,last_name\nu-9,\u00A0\u200B,Nina,Simone", "2 username_blank")]
    [InlineData(ImportKind.Awards, Header + "\n\u200B,FIRE-1,2026-11-02,1,manual", "2 username_blank")]
    [InlineData(ImportKind.Groups, "group_id,group_name,user_id\ng-1,\u00A0,u-1", "2 name_invalid")]
    [InlineData(ImportKind.Branches, "branch_id,name,parent_id\nb-1,\uFEFF,", "2 name_invalid")]
    public async Task A_name_that_nobody_sees_is_blank(ImportKind kind, string file, string verdict) =>
        Assert.Equal(verdict, await reading.VerdictOnAsync(Encoding.UTF8.GetBytes(file), kind));

    [Fact]
    public async Task A_million_rows_are_compared_with_each_other()
    {
        var codes = Enumerable.Range(0, 1_000).Select(n => $"C-{n}").ToList();
        codes.ForEach(code => reading.Certifications.Add(Sample.Certification(code)));
        AddUsers(1_000);
        var file = new StringBuilder(Header);
        foreach (var code in codes.Append(codes[0]))
        {
            for (var user = 0; user < 1_000; user++)
            {
                file.Append(CultureInfo.InvariantCulture, $"\nuser.{user},{code},2026-11-02,1,manual");
            }
        }

        var tasks = await reading.ReadAsync(Encoding.UTF8.GetBytes(file.ToString()));

        Assert.Equal(1_001_000, tasks.Count);
        Assert.All(tasks.Take(1_000_000), task => Assert.IsType<AwardTask>(task));
        Assert.Equal(
            Enumerable.Range(2, 1_000).Select(line => $"Line {line} has the same user and certification."),
            tasks.Skip(1_000_000).Cast<DecidedTask>().Select(task => task.Detail));
    }

    [Fact]
    public async Task A_new_reader_that_is_told_what_the_old_one_knew_goes_on_like_the_old_one()
    {
        AddUsers(100);
        var file = Encoding.UTF8.GetBytes(string.Join('\n', [Header, .. Rows(100), .. Rows(100)]));
        var expected = await reading.ReadAsync(file);

        var format = FileReading.FormatOf(file);
        var (tasks, remembered, at, isLast) = (new List<RunTask>(), new List<RowChunk>(), format.Start, false);
        for (var from = format.RowsStart; !isLast;)
        {
            // Crashes after each chunk.
            var reader = reading.Readers.Open(ImportKind.Awards, format);
            remembered.ForEach(chunk => reader.Restore(chunk.Remembered.Span));
            isLast = from + 500 >= file.Length;
            var read = await reader.ReadAsync(file.AsMemory(from, Math.Min(500, file.Length - from)), at, isLast, Cancellation);
            tasks.AddRange(read.Tasks);
            remembered.Add(read);
            (from, at) = (from + read.BytesRead, read.Next);
        }

        Assert.Equal(expected, tasks);
        Assert.Equal(100, tasks.OfType<DecidedTask>().Count(task => task.Code == "duplicate_in_file"));
    }

    [Fact]
    public async Task Branches_come_with_the_last_chunk_even_after_a_crash()
    {
        var format = Samples.Format("branch_id,name,parent_id");
        var before = await reading.Readers.Open(ImportKind.Branches, format)
            .ReadAsync("uk,UK,emea\nuk,Again,\n"u8.ToArray(), format.Start, isLast: false, Cancellation);
        var reader = reading.Readers.Open(ImportKind.Branches, format);
        reader.Restore(before.Remembered.Span);
        var after = await reader.ReadAsync("emea,EMEA,\n"u8.ToArray(), before.Next, isLast: true, Cancellation);

        Assert.Equal(2, Assert.Single(before.Tasks).Line);
        Assert.Equal([3, 1], after.Tasks.Select(task => task.Line!.Value));
    }

    [Theory]
    [InlineData(Limits.Branches, 0)]
    [InlineData(Limits.Branches + 1, 1)]
    public async Task A_file_has_so_many_branches_at_most(int rows, int refused)
    {
        var file = string.Join('\n', ["branch_id,name,parent_id", .. Enumerable.Range(1, rows).Select(n => $"b-{n},B,b-{n + 1}")]);

        var tasks = await reading.ReadAsync(Encoding.UTF8.GetBytes(file), ImportKind.Branches);

        Assert.Equal(rows, tasks.Count);
        Assert.Equal(refused, tasks.OfType<DecidedTask>().Count(task => task.Code == "branch_limit_reached"));
    }

    [Theory]
    [InlineData("", true, true)]
    [InlineData(",email", false, true)]
    [InlineData(",branch_id", true, false)]
    [InlineData(",Branch_Id,active,EMAIL", false, false)]
    public async Task A_users_file_keeps_what_it_has_no_column_for(string columns, bool keepsEmail, bool keepsBranch)
    {
        var file = $"user_id,username,first_name,last_name{columns}\n1,ada,Ada,L{new string(',', columns.Count(c => c == ','))}";

        var task = Assert.IsType<UserTask>(Assert.Single(await reading.ReadAsync(Encoding.UTF8.GetBytes(file), ImportKind.Users)));

        Assert.Equal((keepsEmail, keepsBranch), (task.KeepsEmail, task.KeepsBranch));
        var edit = task.EditOf(Sample.User("1", "ada") with { Email = "ada@example.com", BranchId = Sample.Id("emea") });
        Assert.Equal((keepsEmail ? "ada@example.com" : null, keepsBranch ? Sample.Id("emea") : null), (edit.Email, edit.BranchId));
        Assert.Equal((null, null, null), (edit.Active, task.EditOf(null).Email, task.EditOf(null).BranchId));
    }

    [Fact]
    public async Task Looks_each_certification_up_once()
    {
        AddUsers(100);

        await ReadAsync([Header, .. Rows(100), .. Rows(100), "ada,GDPR-A,2026-11-02,1,manual"]);

        Assert.Equal(2, reading.Certifications.Reads);
    }

    [Fact]
    public async Task Blank_lines_alone_are_read_and_come_to_nothing()
    {
        var format = Samples.Format(Header);
        var chunk = await reading.Readers.Open(ImportKind.Awards, format).ReadAsync("\n\n"u8.ToArray(), format.Start, isLast: true, Cancellation);

        Assert.Empty(chunk.Tasks);
        Assert.Equal((2, new CsvPosition(3, false)), (chunk.BytesRead, chunk.Next));
        Assert.True(chunk.Remembered.IsEmpty);
    }

    private Task<IReadOnlyList<RunTask>> ReadAsync(params string[] lines) => reading.ReadAsync(Encoding.UTF8.GetBytes(string.Join('\n', lines)));

    private void AddUsers(int count) => reading.Users.Add([.. Enumerable.Range(0, count).Select(n => Sample.User($"many-{n}", $"user.{n}"))]);

    private static IEnumerable<string> Rows(int count) => Enumerable.Range(0, count).Select(n => $"user.{n},FIRE-1,2026-11-02,1,manual");
}
