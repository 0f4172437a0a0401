using CertFunctions.Core.Certifications;

namespace CertFunctions.Functions.Pages.Certifications;

/// <param name="SavedMeanwhile">What somebody else made of it since the form was opened; null: nobody did.</param>
public sealed record CertificationDialogModel(CertificationForm Form, FieldErrors Errors, bool IsNew, Certification? SavedMeanwhile = null);
