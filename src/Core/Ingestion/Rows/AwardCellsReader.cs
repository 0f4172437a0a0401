using CertFunctions.Core.Awards;
using CertFunctions.Core.Ingestion.Csv;

namespace CertFunctions.Core.Ingestion.Rows;

/// <summary>Judges the cells that say how something is awarded. Neighbouring rows mostly say the same, and are judged once.</summary>
internal sealed class AwardCellsReader(CsvFormat format, OnExisting onExisting)
{
    private readonly int issueDate = format.IndexOf(CsvColumns.IssueDate);
    private readonly int expireDate = format.IndexOf(CsvColumns.ExpireDate);
    private readonly int alwaysValid = format.IndexOf(CsvColumns.AlwaysValid);
    private readonly int type = format.IndexOf(CsvColumns.Type);
    private readonly int externalTrainingId = format.IndexOf(CsvColumns.ExternalTrainingId);
    private readonly int action = format.IndexOf(CsvColumns.Action);
    private readonly int reason = format.IndexOf(CsvColumns.Reason);
    private readonly CsvCellMemory cells = new(format, [
        CsvColumns.IssueDate, CsvColumns.ExpireDate, CsvColumns.AlwaysValid, CsvColumns.Type, CsvColumns.ExternalTrainingId, CsvColumns.Action, CsvColumns.Reason]);

    private AwardCells? last;

    public AwardCells Read(CsvRowReader row) => cells.AreAsBefore(row) && last is not null ? last : last = Judge(row);

    private AwardCells Judge(CsvRowReader row)
    {
        var why = row.Text(reason) is { Length: > 0 } text ? text : null;
        var asked = row.Cell(action);
        var late = asked.Length > 0 && !RowWords.Is(asked, "award") && !RowWords.Is(asked, "revoke") ? AwardRowErrors.ActionInvalid(row.Text(action))
            : why is not null && TextRule.Reason.IsTooLong(why) ? AwardRowErrors.ReasonTooLong
            : null;
        if (RowWords.Is(asked, "revoke"))
        {
            return new AwardCells { IsRevoked = true, LateError = late, Reason = why };
        }

        var dates = ReadDates(row, out var issuedOn, out var expiresOn);
        var about = ReadAssociation(row, out var association);
        return new AwardCells
        {
            Error = dates ?? about,
            LateError = late,
            Order = dates is null && association is not null ? new AwardOrder(issuedOn, expiresOn, association, onExisting, why) : null,
        };
    }

    private RowError? ReadDates(CsvRowReader row, out DateOnly issuedOn, out DateOnly? expiresOn)
    {
        expiresOn = null;
        if (!CalendarDate.TryParse(row.Cell(issueDate), out issuedOn))
        {
            return AwardRowErrors.DateInvalid(CsvColumns.IssueDate, row.Text(issueDate));
        }

        var expiry = row.Cell(expireDate);
        if (CalendarDate.TryParse(expiry, out var expires))
        {
            expiresOn = expires;
        }
        else if (expiry.Length > 0)
        {
            return AwardRowErrors.DateInvalid(CsvColumns.ExpireDate, row.Text(expireDate));
        }

        return RowWords.YesOrNo(row.Cell(alwaysValid)) switch
        {
            null => AwardRowErrors.AlwaysValidInvalid(row.Text(alwaysValid)),
            false when expiresOn is null => AwardRowErrors.ExpireRequired,
            _ when expiresOn < issuedOn => AwardRowErrors.ExpireBeforeIssue,
            true when expiresOn is not null => AwardRowErrors.ExpireGivenButAlwaysValid,
            _ => null,
        };
    }

    private RowError? ReadAssociation(CsvRowReader row, out Association? association)
    {
        var said = row.Cell(type);
        association = RowWords.Is(said, "manual") ? Association.Manual
            : RowWords.Is(said, "completion") ? new Association(AssociationType.Completion)
            : null;
        if (association is not null || !RowWords.Is(said, "external_training"))
        {
            return association is null ? AwardRowErrors.TypeInvalid(row.Text(type)) : null;
        }

        if (row.Cell(externalTrainingId).Length == 0)
        {
            return AwardRowErrors.ExternalTrainingRequired;
        }

        if (!LmsId.TryParse(row.Text(externalTrainingId), out var id))
        {
            return AwardRowErrors.ExternalTrainingNotFound(row.Text(externalTrainingId));
        }

        association = new Association(AssociationType.ExternalTraining, ActivityId: id);
        return null;
    }
}
