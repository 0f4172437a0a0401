using System.Text;
using CertFunctions.Core;
using CertFunctions.Core.Ingestion.Csv;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Storage;

namespace CertFunctions.Functions.Tests.Ingestion;

/// <summary>What becomes of a dropped file, on the emulator, with the app's own wiring.</summary>
public sealed class ImportTests
{
    [Fact]
    public async Task Awards_the_good_rows_reports_all_and_takes_the_file_out_of_the_drop()
    {
        await using var scene = await ImportScene.SetAsync(users: 40);
        var rows = scene.Users.Select(user => ImportScene.Row(user)).Append("nobody,FIRE-1,2026-11-02,0,manual,2028-11-02");

        var job = await scene.ImportAsync("awards/november.csv", ImportScene.FileOf(rows));

        Assert.Equal((JobStatus.CompletedWithErrors, 41), (job.Status, job.Total));
        Assert.Equal(new JobCounts(Awarded: 40, Failed: 1), job.Counts);
        Assert.Equal(40, (await scene.World.HoldersAsync(scene.Code)).Count);
        Assert.Empty(await scene.NamesInAsync(StorageNames.Containers.Imports));
        Assert.Equal([$"awards/november.csv.{job.Id}"], await scene.NamesInAsync(StorageNames.Containers.ImportsArchive));
        Assert.Equal([$"awards/november.{job.Id}.csv"], await scene.NamesInAsync(StorageNames.Containers.ImportReports));
        var report = await scene.ReportAsync(job);
        Assert.Equal(["ok", "awarded", "", "", ""], report[1][6..]);
        Assert.Equal(["error", "failed", "user_not_found"], report[41][6..9]);
        Assert.Empty(await scene.World.CheckAsync());
    }

    [Fact]
    public async Task Tells_in_history_of_which_line_of_which_file_an_award_comes()
    {
        await using var scene = await ImportScene.SetAsync(users: 2);

        var job = await scene.ImportAsync("awards/2026/november.csv", ImportScene.FileOf(scene.Users.Select(user => ImportScene.Row(user))));

        var award = await scene.World.StartWorker().Get<Core.Awards.IAwardStore>().FindAsync(scene.Code, scene.Users[1], CancellationToken.None);
        Assert.Equal(new Core.Audit.Origin(job.Id, "awards/2026/november.csv", 3), award!.Award.Change.Origin);
    }

    [Fact]
    public async Task A_report_whose_bad_rows_are_mended_is_dropped_again_and_does_only_those()
    {
        await using var scene = await ImportScene.SetAsync(users: 3);
        string[] rows = [ImportScene.Row(scene.Users[0]), ImportScene.Row(scene.Users[1], "2025-11-02"), ImportScene.Row(scene.Users[2])];
        var first = await scene.ImportAsync("awards/a.csv", ImportScene.FileOf(rows));
        var report = string.Concat((await scene.ReportAsync(first)).Select(cells => string.Join(',', cells) + "\n"));

        var second = await scene.ImportAsync("awards/a.csv", report.Replace("2025-11-02", "2029-11-02", StringComparison.Ordinal));

        Assert.Equal((1, new JobCounts(Awarded: 1, Skipped: 2)), (first.Counts.Failed, second.Counts));
        Assert.Equal("already_done", (await scene.ReportAsync(second))[1][8]);
        Assert.Empty(await scene.World.CheckAsync());
    }

    [Fact]
    public async Task A_row_that_was_cut_awards_nobody_however_often_its_report_is_dropped()
    {
        await using var scene = await ImportScene.SetAsync(users: 2);
        var quoted = ImportScene.Row(scene.Users[1]);
        string[] rows = [ImportScene.Row(scene.Users[0]) + ",oops", $"\"{quoted[..1]}\"{quoted[1..]}"];
        var job = await scene.ImportAsync("awards/a.csv", ImportScene.FileOf(rows));
        for (var time = 0; time < 2; time++)
        {
            job = await scene.ImportAsync("awards/a.csv", await scene.ReportBytesAsync(job));

            Assert.Equal(new JobCounts(Failed: 2), job.Counts);
            Assert.Equal(["field_count_mismatch", "field_count_mismatch"], (await scene.ReportAsync(job)).Skip(1).Select(row => row[8]));
        }

        Assert.Empty(await scene.World.HoldersAsync(scene.Code));
        Assert.Empty(await scene.World.CheckAsync());
    }

    [Fact]
    public async Task Unassigns_by_action_and_renews_by_a_later_expiry()
    {
        await using var scene = await ImportScene.SetAsync(users: 3);
        await scene.ImportAsync("awards/a.csv", ImportScene.FileOf(scene.Users.Take(2).Select(user => ImportScene.Row(user))));

        var job = await scene.ImportAsync(
            "awards/b.csv",
            $"{ImportScene.Header},action,reason\n{ImportScene.Row(scene.Users[0])},revoke,left\n{ImportScene.Row(scene.Users[1], "2030-01-01")},,\n{ImportScene.Row(scene.Users[2])},revoke,\n");

        Assert.Equal(new JobCounts(Renewed: 1, Revoked: 1, Skipped: 1), job.Counts);
        Assert.Equal([scene.Users[1]], await scene.World.HoldersAsync(scene.Code));
        Assert.Empty(await scene.World.CheckAsync());
    }

    [Theory]
    [InlineData("", "file_empty")]
    [InlineData("username,certification_code\nada,FIRE-1\n", "missing_required_column")]
    public async Task A_file_that_is_refused_as_a_whole_fails_its_job_and_lies_in_the_archive(string text, string code)
    {
        await using var scene = await ImportScene.SetAsync(users: 0);

        var job = await scene.ImportAsync("awards/bad.csv", text);

        Assert.Equal((JobStatus.Failed, code), (job.Status, job.Error?.Code));
        Assert.Single(await scene.NamesInAsync(StorageNames.Containers.ImportsArchive));
        Assert.Empty(await scene.NamesInAsync(StorageNames.Containers.Imports));
        Assert.Empty(await scene.World.CheckAsync());
    }

    [Theory]
    [InlineData('ж', 600, 20)]
    [InlineData('ж', 1, 32_000)]
    [InlineData('\u0085', 30, 1_000)]
    [InlineData('&', 60, 1_000)]
    public async Task A_header_of_any_letters_and_columns_is_read_up_to_the_bytes_that_are_looked_at(char letter, int columns, int length)
    {
        await using var scene = await ImportScene.SetAsync(users: 1);
        var more = Enumerable.Range(0, columns).Select(column => new string(letter, length) + column).ToList();
        var header = string.Join(',', [ImportScene.Header, .. more]);
        Assert.InRange(Encoding.UTF8.GetByteCount(header), 20_000, CsvFormat.HeadBytes - 2);

        var job = await scene.ImportAsync(
            "awards/wide.csv", $"{header}\n{ImportScene.Row(scene.Users[0])}{string.Concat(more.Select(_ => ",x"))}\n");

        Assert.Equal((JobStatus.Completed, new JobCounts(Awarded: 1)), (job.Status, job.Counts));
        Assert.Equal("ok", (await scene.ReportAsync(job))[1][6 + columns]);
        Assert.Empty(await scene.World.CheckAsync());
    }

    [Fact]
    public async Task A_file_that_is_refused_is_quoted_at_a_bounded_length()
    {
        await using var scene = await ImportScene.SetAsync(users: 0);
        var column = new string('ж', 10_000);

        var job = await scene.ImportAsync("awards/twice.csv", $"{ImportScene.Header},{column},{column}\n");

        Assert.Equal((JobStatus.Failed, "duplicate_column", Limits.ErrorDetailLength), (job.Status, job.Error?.Code, job.Error?.Detail.Length));
    }

    [Fact]
    public async Task A_header_alone_is_a_file_of_no_rows()
    {
        await using var scene = await ImportScene.SetAsync(users: 0);

        var job = await scene.ImportAsync("awards/none.csv", ImportScene.FileOf());

        Assert.Equal((JobStatus.Completed, 0), (job.Status, job.Total));
        Assert.Single(await scene.ReportAsync(job));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(101)]
    public async Task Does_as_many_rows_as_there_are(int rows)
    {
        await using var scene = await ImportScene.SetAsync(rows);

        var job = await scene.ImportAsync("awards/some.csv", ImportScene.FileOf(scene.Users.Select(user => ImportScene.Row(user))));

        Assert.Equal((JobStatus.Completed, rows), (job.Status, job.Counts.Awarded));
        Assert.Empty(await scene.World.CheckAsync());
    }

    [Theory]
    [InlineData("elsewhere/a.csv")]
    [InlineData("a.csv")]
    [InlineData("Awards/a.csv")]
    public async Task What_lies_in_no_folder_of_ours_stays_where_it_is(string path)
    {
        await using var scene = await ImportScene.SetAsync(users: 0);
        await scene.DropAsync(path, ImportScene.FileOf());

        await scene.TriggerAsync(scene.World.StartWorker(), path);
        await scene.ReconcileAsync(scene.World.StartWorker());

        Assert.Empty(await scene.World.JobsAsync());
        Assert.Equal([path], await scene.NamesInAsync(StorageNames.Containers.Imports));
    }

    [Theory]
    [InlineData("awards/a#b.csv")]
    [InlineData("awards/a%2Fb.csv")]
    [InlineData("awards/\U0001F600 ü.csv")]
    [InlineData("awards/no-extension")]
    public async Task Takes_a_file_of_any_name(string path)
    {
        await using var scene = await ImportScene.SetAsync(users: 1);

        var job = await scene.ImportAsync(path, ImportScene.FileOf(ImportScene.Row(scene.Users[0])));

        Assert.Equal((JobStatus.Completed, path), (job.Status, job.Work.FilePath));
        Assert.Empty(await scene.NamesInAsync(StorageNames.Containers.Imports));
        Assert.Empty(await scene.World.CheckAsync());
    }

    [Fact]
    public async Task Makes_users_branches_and_groups_of_their_files()
    {
        await using var scene = await ImportScene.SetAsync(users: 0);

        var branches = await scene.ImportAsync("branches/b.csv", "branch_id,name,parent_id\nleaf,Leaf,root\nroot,Root,\nlost,Lost,nowhere\n");
        var users = await scene.ImportAsync(
            "users/u.csv", "user_id,username,first_name,last_name,email,branch_id,active\n1,ada,Ada,Lovelace,,leaf,1\n2,bob,Bob,B,,,0\n3,ADA,Other,A,,,1\n");
        var again = await scene.ImportAsync("users/again.csv", "user_id,username,first_name,last_name\n1,ada,Ada,Byron\n2,bob,Bob,B\n");
        var taken = await scene.ImportAsync("users/taken.csv", "user_id,username,first_name,last_name\n3,ADA,Other,A\n");
        var groups = await scene.ImportAsync("groups/g.csv", "group_id,group_name,user_id\nwardens,Wardens,1\nwardens,Wardens,9\nempty,Empty,\n");

        Assert.Equal(new JobCounts(Updated: 2, Failed: 1), branches.Counts);
        Assert.Equal(new JobCounts(Updated: 2, Failed: 1), users.Counts);
        Assert.Equal(new JobCounts(Updated: 1, Skipped: 1), again.Counts);
        Assert.Equal(new JobCounts(Updated: 2, Failed: 1), groups.Counts);
        Assert.Equal("branch_not_found", (await scene.ReportAsync(branches))[3][5]);
        Assert.Equal("duplicate_in_file", (await scene.ReportAsync(users))[3][9]);
        Assert.Equal("username_taken", (await scene.ReportAsync(taken))[1][6]);
        Assert.Equal("user_not_found", (await scene.ReportAsync(groups))[2][5]);
        Assert.Empty(await scene.World.CheckAsync());
    }

    [Fact]
    public async Task A_users_file_keeps_what_it_has_no_column_for_and_clears_what_is_blank()
    {
        await using var scene = await ImportScene.SetAsync(users: 0);
        await scene.ImportAsync("branches/b.csv", "branch_id,name\nleaf,Leaf\n");
        await scene.ImportAsync(
            "users/u.csv", "user_id,username,first_name,last_name,email,branch_id,active\n1,ada,Ada,L,ada@example.com,leaf,0\n");

        await scene.ImportAsync("users/names.csv", "user_id,username,first_name,last_name\n1,ada,Ada,Byron\n");
        var kept = await scene.UserAsync("1");
        await scene.ImportAsync("users/blank.csv", "user_id,username,first_name,last_name,email,branch_id,active\n1,ada,Ada,Byron,,,\n");
        var cleared = await scene.UserAsync("1");

        Assert.Equal(("Byron", "ada@example.com", "leaf", false), (kept.LastName, kept.Email, kept.BranchId?.Value, kept.Active));
        Assert.Equal((null, null, false), (cleared.Email, cleared.BranchId, cleared.Active));
        Assert.Empty(await scene.World.CheckAsync());
    }

    [Fact]
    public async Task A_file_in_UTF_16_with_semicolons_gets_a_report_of_the_same()
    {
        await using var scene = await ImportScene.SetAsync(users: 1);
        string[] rows = ["\uFEFFremark,action," + ImportScene.Header, "\u65E5\u672C,," + ImportScene.Row(scene.Users[0]), "zo\u00EB,," + ImportScene.Row(scene.Users[0])];
        var text = string.Concat(rows.Select(row => row.Replace(',', ';') + "\r\n"));

        var job = await scene.ImportAsync("awards/utf16.csv", Encoding.Unicode.GetBytes(text));

        Assert.Equal(new JobCounts(Awarded: 1, Failed: 1), job.Counts);
        var report = Encoding.Unicode.GetString(await scene.ReportBytesAsync(job));
        string[] expected = [";row_status;outcome;error_code;error_message;original_row", ";ok;awarded;;;", ";error;failed;duplicate_in_file;Line 2 has the same user and certification.;"];
        Assert.Equal(string.Concat(rows.Zip(expected, (row, more) => $"{row.Replace(',', ';')}{more}\r\n")), report);
        Assert.Empty(await scene.World.CheckAsync());
    }
}
